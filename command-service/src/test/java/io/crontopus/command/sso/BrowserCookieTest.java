package io.crontopus.command.sso;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrowserCookieTest {

  @Test
  void overHttpsNoOtherHostCanPlantIt() {
    assertThat(new BrowserCookie(true, Duration.ofMinutes(1)).keep("x").toString())
        .startsWith("__Host-")
        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/;")
        .doesNotContain("Domain");
  }

  @Test
  void withoutHttpsItIsKeptAllTheSame() {
    assertThat(new BrowserCookie(false, Duration.ofMinutes(1)).keep("x").toString())
        .startsWith("crontopus-sso=x;")
        .doesNotContain("Secure");
  }
}
