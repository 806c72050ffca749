package io.crontopus.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

  @ParameterizedTest
  @CsvSource({
    "'\u001b[2J', '\\x1b[2J'",
    "'a\u0000b', 'a\\x00b'",
    "'a\u007fb', 'a\\x7fb'",
    "'\u009b31m', '\\x9b31m'",
    "'a\u202eb', 'a\\u202eb'",
    "'a\u2066b', 'a\\u2066b'",
    "'a\u2028b', 'a\\u2028b'",
    "'\ufeffa', '\\ufeffa'",
    "'a\u0008b', 'a\\x08b'"
  })
  void whatATerminalWouldObeyIsSpeltOut(String text, String expected) {
    assertThat(SafeText.line(text)).isEqualTo(expected);
    assertThat(SafeText.block(text)).isEqualTo(expected);
  }

  @Test
  void lettersOfAnyScriptStay() {
    String text = "Zürich 東京 🙂 é 👩‍💻 ‌";

    assertThat(SafeText.line(text)).isSameAs(text);
  }

  @Test
  void halfACharacterIsSpeltOut() {
    assertThat(SafeText.line("a\ud800b")).isEqualTo("a\\ud800b");
  }

  @Test
  void aLineHasNoLineEnds() {
    assertThat(SafeText.line("a\nb\r\n\tc")).isEqualTo("a\\nb\\r\\n\\tc");
  }

  @Test
  void aBlockKeepsItsLines() {
    assertThat(SafeText.block("a\nb\r\n\tc\rd")).isEqualTo("a\nb\n\tc\\rd");
  }

  @Test
  void tagCharactersAreSpeltOut() {
    assertThat(SafeText.line("a\udb40\udc41")).isEqualTo("a\\U000e0041");
  }
}
