package io.crontopus.web;

import io.crontopus.web.Problem.FieldError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a request's fields and tells all that is wrong at once. */
public final class RequestCheck {

  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final List<FieldError> errors = new ArrayList<>();

  /** A text that must be there, of at most this length, without control characters. */
  public String text(String pointer, @Nullable String value, int most) {
    if (value == null || value.isBlank()) {
      error(pointer, "is required");
      return "";
    }
    String checked = optionalText(pointer, value, most);
    return checked == null ? "" : checked;
  }

  /** A text that may be missing; the rest of what is asked of it is the same. */
  public @Nullable String optionalText(String pointer, @Nullable String value, int most) {
    if (value != null) {
      if (value.length() > most) {
        error(pointer, "is longer than " + most + " characters");
      } else if (!StoredText.isPlain(value)) {
        error(pointer, "has a control character, or half of a surrogate pair");
      }
    }
    return value;
  }

  /** A time by a machine's clock, which may be missing. */
  public @Nullable Instant time(String pointer, @Nullable Instant value) {
    that(value == null || isTime(value), pointer, "must be between 1970 and 2200");
    return value;
  }

  /** A machine's clock may be wrong by years: only what can be no time at all is refused. */
  public static boolean isTime(Instant value) {
    return !value.isBefore(EARLIEST) && value.isBefore(LATEST);
  }

  /** A number between these, or the other one when it is missing. */
  public int number(String pointer, @Nullable Integer value, int least, int most, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      error(pointer, "must be between " + least + " and " + most);
    }
    return value;
  }

  /** Requires that something holds. */
  public void that(boolean holds, String pointer, String otherwise) {
    if (!holds) {
      error(pointer, otherwise);
    }
  }

  /** Notes an error. */
  public void error(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
  }

  /**
   * Ends the check.
   *
   * @throws Problem 400 with everything that was noted
   */
  public void done() {
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }
}
