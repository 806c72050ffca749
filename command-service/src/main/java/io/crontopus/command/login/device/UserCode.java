package io.crontopus.command.login.device;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * The code that a person takes from one screen to another: eight letters of the twenty that RFC
 * 8628 recommends, which make no words and are not taken for each other.
 *
 * @param letters without the dash that it is shown with
 */
record UserCode(String letters) {

  private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;
  private static final int LONGEST = 40;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  static UserCode random() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      letters.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return new UserCode(letters.toString());
  }

  /** What somebody typed, in whatever case and with whatever between the letters. */
  static Optional<UserCode> parse(String typed) {
    if (typed.length() > LONGEST) {
      return Optional.empty();
    }
    String letters = typed.toUpperCase(Locale.ROOT).replaceAll("[\\s\\p{Punct}]", "");
    return letters.length() == LENGTH && letters.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
        ? Optional.of(new UserCode(letters))
        : Optional.empty();
  }

  /** As it is shown: {@code BCDF-GHJK}. */
  String shown() {
    return letters.substring(0, LENGTH / 2) + "-" + letters.substring(LENGTH / 2);
  }
}
