package io.crontopus.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The console keeps to the rules that its answers give to browsers. */
class ConsolePageTest {

  @Test
  void nothingInThePageIsInlineOrFromElsewhere() throws IOException {
    assertThat(read("index.html"))
        .doesNotContainPattern("<script(?![^>]*\\ssrc=)")
        .doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
        .doesNotContainPattern("(?i)(src|href|action)=\"(https?:)?//");
    assertThat(read("console.js"))
        .doesNotContainPattern(
            "\\beval\\(|new Function\\(|\\.innerHTML|cssText|setAttribute\\('style'")
        .doesNotContain("https://", "http://");
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
