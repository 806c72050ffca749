package io.crontopus.command.mail.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What letters say, whatever people call themselves. */
class LettersTest {

  private static final Instant UNTIL = Instant.parse("2026-05-01T12:00:00Z");
  private static final String HOSTILE =
      "<img src=https://evil.example/x>\"'&</p>\r\nBcc: all@example.org\r\n\r\nPay\u2028 \u202eme";
  private static final Letters LETTERS = new Letters("https://crontopus.example.org");

  static Stream<Letter> hostile() {
    return Stream.of(
        LETTERS.verifyEmail(HOSTILE, HOSTILE, UNTIL),
        LETTERS.welcome(HOSTILE, HOSTILE),
        LETTERS.resetPassword(HOSTILE, HOSTILE, Duration.ofHours(1)),
        LETTERS.invitation(HOSTILE, HOSTILE, Role.VIEWER, HOSTILE, UNTIL),
        LETTERS.addressChanged(HOSTILE));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void aHostileNameIsShownAndDoesNothing(Letter letter) {
    assertThat(letter.html())
        .contains("&lt;img src=https://evil.example/x&gt;&quot;&#39;&amp;&lt;/p&gt;")
        .doesNotContain("<img")
        .doesNotContain("\u202e");
    // Nobody's words begin a paragraph that looks like ours.
    assertThat(letter.text()).contains("<img").doesNotContain("\n\nBcc:").doesNotContain("\n\nPay");
    assertThat(letter.subject()).doesNotContain("\n").doesNotContain("\r");
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void nothingIsLoadedFromAnywhere(Letter letter) {
    assertThat(letter.html())
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("url(")
        .doesNotContain(" src=\"");
  }

  @Test
  void theSecretIsBehindTheHashOfTheLink() {
    Letter letter = LETTERS.resetPassword("ann", "ctpw_1", Duration.ofHours(1));
    String link = "https://crontopus.example.org/account/reset-password.html#ctpw_1";
    assertThat(letter.html()).contains("<a href=\"" + link + "\"");
    assertThat(letter.text()).contains("\n" + link + "\n").contains("60 minutes");
    assertThat(letter.text().lines()).allMatch(line -> line.length() < 100);
  }

  @Test
  void aLetterSaysHowToDoItOnTheCommandLine() {
    assertThat(LETTERS.verifyEmail("ann", "ctev_1", UNTIL).text().replace('\n', ' '))
        .contains("crontopus auth verify-email --server https://crontopus.example.org")
        .contains("    ctev_1")
        .contains("1 May 2026, 12:00 UTC");
  }
}
