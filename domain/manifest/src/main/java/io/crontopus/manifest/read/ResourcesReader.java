package io.crontopus.manifest.read;

import io.crontopus.manifest.IoClass;
import io.crontopus.manifest.Resources;
import io.crontopus.manifest.yaml.YamlScalar;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code spec.resources}. */
final class ResourcesReader {

  private static final Pattern MEMORY = Pattern.compile("([1-9][0-9]{0,12})(Ki|Mi|Gi|Ti|k|M|G|T)?");
  private static final Pattern CORES = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,3})?");
  private static final Pattern MILLICORES = Pattern.compile("([1-9][0-9]{0,6})m");

  private ResourcesReader() {}

  static Resources read(Fields fields) {
    OptionalInt nice =
        fields
            .take("nice", value -> value.integer(-20, 19))
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty);
    Optional<IoClass> ioClass = fields.word("ioClass", IoClass.class);
    OptionalLong memory =
        fields
            .take("memory", ResourcesReader::memory)
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty);
    Optional<BigDecimal> cpu = fields.take("cpu", ResourcesReader::cpu);
    fields.end();
    return new Resources(nice, ioClass, memory, cpu);
  }

  private static Optional<Long> memory(Value value) {
    Optional<Long> bytes = numberOrText(value).flatMap(ResourcesReader::bytes);
    if (bytes.isEmpty()) {
      value.problem(
          "must be an amount of memory, as 512Mi, 2Gi or a number of bytes, not "
              + value.node().describe());
    }
    return bytes;
  }

  private static Optional<Long> bytes(String text) {
    Matcher matcher = MEMORY.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(2);
    long factor =
        switch (unit) {
          case null -> 1;
          case "Ki" -> 1L << 10;
          case "Mi" -> 1L << 20;
          case "Gi" -> 1L << 30;
          case "Ti" -> 1L << 40;
          case "k" -> 1_000;
          case "M" -> 1_000_000;
          case "G" -> 1_000_000_000;
          default -> 1_000_000_000_000L;
        };
    try {
      return Optional.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static Optional<BigDecimal> cpu(Value value) {
    Optional<BigDecimal> cores =
        numberOrText(value).flatMap(ResourcesReader::cores).filter(c -> c.signum() > 0);
    if (cores.isEmpty()) {
      value.problem(
          "must be a number of cores, as \"0.5\", 2 or \"500m\", not " + value.node().describe());
    }
    return cores;
  }

  private static Optional<BigDecimal> cores(String text) {
    Matcher milli = MILLICORES.matcher(text);
    if (milli.matches()) {
      return Optional.of(stripped(new BigDecimal(milli.group(1)).movePointLeft(3)));
    }
    return CORES.matcher(text).matches()
        ? Optional.of(stripped(new BigDecimal(text)))
        : Optional.empty();
  }

  private static BigDecimal stripped(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static Optional<String> numberOrText(Value value) {
    return value.node() instanceof YamlScalar scalar
        ? switch (scalar.type()) {
          case STRING, INTEGER, FLOAT -> Optional.of(scalar.text());
          case BOOLEAN, NULL -> Optional.empty();
        }
        : Optional.empty();
  }
}
