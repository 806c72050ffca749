package io.crontopus.manifest.read;

import io.crontopus.manifest.yaml.YamlList;
import io.crontopus.manifest.yaml.YamlScalar;
import io.crontopus.schedule.CronExpression;
import io.crontopus.schedule.Schedule;
import io.crontopus.schedule.ScheduleException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Reads {@code spec.schedule} and {@code spec.timezone}. */
final class ScheduleReader {

  private static final int MOST_EXPRESSIONS = 100;

  private ScheduleReader() {}

  static Optional<Schedule> read(Fields spec) {
    Optional<Value> field = spec.require("schedule", "\"0 2 * * *\"");
    List<CronExpression> expressions = field.map(ScheduleReader::expressions).orElse(List.of());
    Optional<ZoneId> zone =
        spec.take("timezone")
            .map(value -> value.text().flatMap(id -> zone(value, id)))
            .orElse(Optional.of(ZoneId.of("UTC")));
    return expressions.isEmpty() ? Optional.empty() : zone.map(z -> Schedule.of(expressions, z));
  }

  private static List<CronExpression> expressions(Value value) {
    if (!(value.node() instanceof YamlList)) {
      return expression(value).stream().toList();
    }
    List<Value> items = value.items().orElse(List.of());
    if (items.isEmpty() || items.size() > MOST_EXPRESSIONS) {
      value.problem("must have 1 to %d expressions".formatted(MOST_EXPRESSIONS));
    }
    return items.stream().flatMap(item -> expression(item).stream()).toList();
  }

  private static Optional<CronExpression> expression(Value value) {
    if (value.node() instanceof YamlScalar scalar && scalar.type() != YamlScalar.Type.STRING) {
      value.problem(
          "must be a cron expression in quotes, as \"0 2 * * *\", not " + scalar.describe());
      return Optional.empty();
    }
    return value.text().flatMap(text -> expression(value, text));
  }

  private static Optional<CronExpression> expression(Value value, String text) {
    try {
      return Optional.of(CronExpression.parse(text));
    } catch (ScheduleException e) {
      value.problem(e.position(), e.problem() + "; " + e.hint());
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(Value value, String id) {
    if (ZoneNames.isKnown(id)) {
      return Optional.of(ZoneId.of(id));
    }
    String nearest =
        ZoneNames.nearest(id)
            .map("did you mean \"%s\"?"::formatted)
            .orElse("write an IANA name, as Europe/Berlin or UTC");
    value.problem("\"%s\" is no time zone; %s".formatted(YamlScalar.shorten(id), nearest));
    return Optional.empty();
  }
}
