package io.crontopus.cli.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A point in time as people write it: {@code 2h} (ago), {@code 2026-01-31}, {@code
 * 2026-01-31T14:00} (both in the local zone) or {@code 2026-01-31T14:00:00Z}. What depends on now
 * is settled when it is used.
 */
public final class Moment {
  private static final List<Form> FORMS =
      List.of(
          (text, clock) -> OffsetDateTime.parse(text).toInstant(),
          (text, clock) -> LocalDateTime.parse(text).atZone(clock.getZone()).toInstant(),
          (text, clock) -> LocalDate.parse(text).atStartOfDay(clock.getZone()).toInstant());

  private final Function<Clock, Instant> meaning;

  private Moment(Function<Clock, Instant> meaning) {
    this.meaning = meaning;
  }

  /** The instant that is meant, to the millisecond. */
  public Instant at(Clock clock) {
    return Instant.ofEpochMilli(meaning.apply(clock).toEpochMilli());
  }

  private static Optional<Moment> parse(String text) {
    if (text.equals("now")) {
      return Optional.of(new Moment(Clock::instant));
    }
    Optional<Duration> ago = Span.parse(text);
    if (ago.isPresent()) {
      return Optional.of(new Moment(clock -> clock.instant().minus(ago.get())));
    }
    String iso = text.toUpperCase(Locale.ROOT).replace(' ', 'T');
    return FORMS.stream().filter(form -> form.fits(iso)).map(form -> form.of(iso)).findFirst();
  }

  private interface Form {
    Instant read(String text, Clock clock);

    default boolean fits(String text) {
      try {
        return read(text, Clock.systemUTC()).toEpochMilli() != Long.MIN_VALUE;
      } catch (DateTimeParseException | ArithmeticException e) {
        return false;
      }
    }

    default Moment of(String text) {
      return new Moment(clock -> read(text, clock));
    }
  }

  /** Reads an option such as {@code --since 2h}. */
  public static final class Converter implements ITypeConverter<Moment> {
    @Override
    public Moment convert(String value) {
      try {
        return parse(value).orElseThrow(() -> invalid(value));
      } catch (DateTimeException | ArithmeticException e) {
        throw invalid(value);
      }
    }

    private static TypeConversionException invalid(String value) {
      return new TypeConversionException(
          "'" + value + "' is not a time such as 2h, 2026-01-31 or 2026-01-31T14:00:00Z");
    }
  }
}
