package io.crontopus.cli.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How data is written to standard output. */
public enum OutputFormat {
  TABLE,
  JSON,
  YAML;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a format as the user writes it, in any case. */
  public static final class Converter implements ITypeConverter<OutputFormat> {
    @Override
    public OutputFormat convert(String value) {
      for (OutputFormat format : values()) {
        if (format.toString().equalsIgnoreCase(value)) {
          return format;
        }
      }
      String known =
          Arrays.stream(values()).map(OutputFormat::toString).collect(Collectors.joining(", "));
      throw new TypeConversionException("'" + value + "' is not one of: " + known);
    }
  }
}
