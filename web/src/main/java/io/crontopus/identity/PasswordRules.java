package io.crontopus.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes a password too easy to guess: that it is short, that it is what everybody takes, or
 * that it is the name of its owner. There are no rules about kinds of characters: those make
 * passwords worse. Reads a file when it is first used, so not for an event loop.
 */
public final class PasswordRules {

  private static final int SHORTEST = 10;

  /** Enough for any sentence; hashing something endless would be a way to keep the server busy. */
  private static final int LONGEST = 200;

  private static final int FEWEST_DIFFERENT = 5;

  /** Digits and signs that stand for letters, as everybody writes them. */
  private static final Map<Integer, Integer> DISGUISES =
      Map.of(
          (int) '0', (int) 'o', (int) '1', (int) 'i', (int) '3', (int) 'e', (int) '4', (int) 'a',
          (int) '5', (int) 's', (int) '7', (int) 't', (int) '@', (int) 'a', (int) '$', (int) 's',
          (int) '!', (int) 'i');

  private static final Set<String> COMMON = read("common-passwords.txt");

  private PasswordRules() {}

  /**
   * Everything that is wrong with this password, each as the end of a sentence about it; nothing
   * when it can be taken.
   */
  public static List<String> faults(String password, String username, @Nullable String email) {
    List<String> faults = new ArrayList<>();
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      faults.add("must have " + SHORTEST + " to " + LONGEST + " characters");
    }
    if (length > LONGEST) {
      return faults;
    }
    if (length > 0 && password.codePoints().distinct().count() < FEWEST_DIFFERENT) {
      faults.add("has fewer than " + FEWEST_DIFFERENT + " different characters");
    }
    if (guesses(password).anyMatch(COMMON::contains)) {
      faults.add("is one of the most common passwords, or one with little around it");
    }
    Set<String> names = names(username, email);
    if (guesses(password).anyMatch(names::contains)) {
      faults.add("is your user name or e-mail address, or one with little around it");
    }
    return faults;
  }

  private static Set<String> names(String username, @Nullable String email) {
    Set<String> names = new HashSet<>();
    names.add(username.toLowerCase(Locale.ROOT));
    if (email != null) {
      String lower = email.toLowerCase(Locale.ROOT);
      names.add(lower);
      names.add(lower.replaceFirst("@.*", ""));
    }
    names.remove("");
    return names;
  }

  /** The password as it is, and what is left of it without disguise and decoration. */
  private static Stream<String> guesses(String password) {
    String lower = password.toLowerCase(Locale.ROOT).strip();
    String bare = bare(lower);
    return Stream.of(lower, bare, undisguised(lower), bare(undisguised(bare)));
  }

  private static String bare(String text) {
    return text.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
  }

  private static String undisguised(String text) {
    return text.codePoints()
        .map(character -> DISGUISES.getOrDefault(character, character))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Set<String> read(String resource) {
    try (InputStream in = PasswordRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
