package io.crontopus.agent.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTextTest {

  @Test
  void keepsWhatFits() {
    assertThat(text("hello\n", 0, 100)).isEqualTo(new OutputText("hello\n", false));
  }

  @Test
  void keepsTheEndAndSaysHowMuchIsMissing() {
    OutputText output = text("x".repeat(50) + "end", 1_000, 10);

    assertThat(output.truncated()).isTrue();
    assertThat(output.text()).isEqualTo("[… 1,043 bytes before this are missing …]\nxxxxxxxend");
  }

  @Test
  void cutsBetweenCharacters() {
    assertThat(text("ääää", 0, 3).text()).endsWith("]\nä");
  }

  @Test
  void keepsBytesReadableThatAreNoText() {
    byte[] bytes = {'a', (byte) 0xff, 'b', (byte) 0xc3, 0, 'c', (byte) 0xe2, (byte) 0x82};

    OutputText output = OutputText.of(new RawOutput(bytes, 0), 0, 100, List.of());

    assertThat(output.text()).isEqualTo("a\\xffb\\xc3\\x00c\\xe2\\x82");
  }

  @Test
  void blacksOutSecretsBeforeItCuts() {
    OutputText output =
        OutputText.of(
            new RawOutput(("a password=hunter2" + "z".repeat(3)).getBytes(UTF_8), 0),
            0,
            5,
            List.of("password=\\S+"));

    assertThat(output.text()).doesNotContain("ter2").endsWith("cted]");
  }

  @Test
  void withholdsTheOutputWhenAPatternCannotBeApplied() {
    for (String pattern : List.of("(a|aa)+\\1?$", "(")) {
      OutputText output =
          OutputText.of(
              new RawOutput(("a".repeat(60) + "! secret").getBytes(UTF_8), 0),
              0,
              1_000,
              List.of(pattern));

      assertThat(output.text()).startsWith("[output withheld").doesNotContain("secret");
    }
  }

  private static OutputText text(String text, long lost, int max) {
    return OutputText.of(new RawOutput(text.getBytes(UTF_8), 0), lost, max, List.of());
  }
}
