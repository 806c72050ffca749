package io.crontopus.web;

import io.crontopus.web.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a request's fields and tells all that is wrong at once. */
public final class RequestCheck {

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

  /** A text that may be missing. */
  public @Nullable String optionalText(String pointer, @Nullable String value, int most) {
    if (value != null) {
      if (value.length() > most) {
        error(pointer, "is longer than " + most + " characters");
      } else if (value.chars().anyMatch(Character::isISOControl)) {
        error(pointer, "has a control character");
      }
    }
    return value;
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
