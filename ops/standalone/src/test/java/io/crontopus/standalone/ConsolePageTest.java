package io.crontopus.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console keeps to the rules that its answers give to browsers. */
class ConsolePageTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index.html",
        "device.html",
        "sso.html",
        "account/verify-email.html",
        "account/forgot-password.html",
        "account/reset-password.html",
        "account/join.html"
      })
  void nothingInAPageIsInlineOrFromElsewhere(String page) throws IOException {
    assertThat(read(page))
        .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
        .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
        .doesNotContainPattern("(?i)(src|href|action)=\"(https?:)?//");
  }

  @ParameterizedTest
  @ValueSource(strings = {"console.js", "device.js", "sso.js", "account/account.js"})
  void noScriptMakesCodeOrMarkupOfText(String script) throws IOException {
    assertThat(read(script))
        .doesNotContainPattern(
            "\\beval\\(|new Function\\(|\\.innerHTML|cssText|setAttribute\\('style'")
        .doesNotContain("https://", "http://");
  }

  @Test
  void theStyleLoadsNothing() throws IOException {
    assertThat(read("console.css")).doesNotContainPattern("@import|url\\((?!['\"]?data:image)");
  }

  private static String read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ConsolePageTest.class.getResourceAsStream("/META-INF/resources/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
