package io.crontopus.command.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.web.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/jobs", "/jobs/default/backup?x=1&y=%2F#top", "/a//b", "/?q=http://x"})
  void aPathOnThisServerIsKept(String path) {
    assertThat(ReturnPath.of(path)).isEqualTo(path);
  }

  @Test
  void withoutOneItIsTheBeginning() {
    assertThat(ReturnPath.of(null)).isEqualTo("/");
    assertThat(ReturnPath.of("")).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\u0000/",
        "http://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "jobs",
        "?x",
        "#x",
        "/\u2215evil.example",
        "/ü",
        " /jobs"
      })
  void whatCouldLeadElsewhereIsRefused(String path) {
    assertThatThrownBy(() -> ReturnPath.of(path)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> ReturnPath.of("/" + "a".repeat(500))).isInstanceOf(Problem.class);
  }
}
