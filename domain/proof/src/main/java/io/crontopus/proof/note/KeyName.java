package io.crontopus.proof.note;

/** What a key may be called: not nothing, no spaces, no plus sign. */
final class KeyName {

  private KeyName() {}

  static String check(String name) {
    if (name.isEmpty() || name.codePoints().anyMatch(KeyName::isForbidden)) {
      throw new IllegalArgumentException("no key can have the name '" + name + "'");
    }
    return name;
  }

  private static boolean isForbidden(int character) {
    return character == '+'
        || Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character);
  }
}
