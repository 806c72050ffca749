package io.crontopus.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredTextTest {

  private static final String OCTOPUS = "\ud83d\udc19";

  @Test
  void namesArePlainAndStayAsTheyAre() {
    for (String text : List.of("", "web-1", "gr\u00f6\u00dfe", OCTOPUS)) {
      assertThat(StoredText.isPlain(text)).isTrue();
      assertThat(StoredText.readable(text)).isEqualTo(text);
    }
  }

  @Test
  void controlCharactersAndHalvesAreNotPlain() {
    for (String text :
        List.of("a\u0000b", "a\tb", "\u009b", "\ud83d", "\udc19", "\udc19\ud83d", "\ud83d!")) {
      assertThat(StoredText.isPlain(text)).isFalse();
    }
  }

  @Test
  void whatCannotBeStoredIsReplacedAndNothingElse() {
    assertThat(StoredText.readable("a\u0000\tb")).isEqualTo("a\u2400\tb");
    assertThat(StoredText.readable("\udc19\ud83d!")).isEqualTo("\ufffd\ufffd!");
  }

  @Test
  void aPairIsNotLeftInHalvesWhereATextIsCut() {
    String text = "a" + OCTOPUS + "b";
    assertThat(StoredText.readable(text, 1)).isEqualTo("a");
    assertThat(StoredText.readable(text, 2)).isEqualTo("a\ufffd");
    assertThat(StoredText.readable(text, 3)).isEqualTo("a" + OCTOPUS);
    assertThat(StoredText.readable(text, 9)).isEqualTo(text);
  }

  @Test
  void whatIsNoTimeOfAnyMachineIsRefused() {
    for (String time : List.of("1970-01-01T00:00:00Z", "2199-12-31T23:59:59.999Z")) {
      assertThat(RequestCheck.isTime(Instant.parse(time))).as(time).isTrue();
    }
    for (Instant time :
        List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.parse("2200-01-01T00:00:00Z"))) {
      assertThat(RequestCheck.isTime(time)).as("%s", time).isFalse();
    }
    assertThat(RequestCheck.isTime(Instant.MAX)).isFalse();
  }
}
