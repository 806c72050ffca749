package io.crontopus.manifest.read;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enum constants as manifests write them: lower case, with '-' for '_'. */
public final class Words {

  private Words() {}

  /** How a manifest writes a constant. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <E extends Enum<E>> Optional<E> read(Value value, Class<E> type) {
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
    return value.word(words).map(word -> type.getEnumConstants()[words.indexOf(word)]);
  }
}
