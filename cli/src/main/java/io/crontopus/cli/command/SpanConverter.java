package io.crontopus.cli.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option such as {@code --timeout 30s}. */
public final class SpanConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    return Span.parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + value + "' is not a length of time such as 45s, 90m, 2h, 30d or 1h30m"));
  }
}
