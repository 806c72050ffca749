package io.crontopus.command.git.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  @Test
  void readsThePasswordWhateverTheUser() {
    assertThat(Credentials.password(basic("any:secret"))).hasValue("secret");
    assertThat(Credentials.password(basic(":secret"))).hasValue("secret");
    assertThat(Credentials.password(basic("any:with:colons"))).hasValue("with:colons");
    assertThat(Credentials.password("BASIC " + encoded("a:b"))).hasValue("b");
    assertThat(Credentials.password("Bearer ctp_x")).hasValue("ctp_x");
  }

  @Test
  void findsNothingInNonsense() {
    assertThat(Credentials.password(null)).isEmpty();
    assertThat(Credentials.password("")).isEmpty();
    assertThat(Credentials.password("Basic")).isEmpty();
    assertThat(Credentials.password("Basic !!!")).isEmpty();
    assertThat(Credentials.password(basic("no colon"))).isEmpty();
    assertThat(Credentials.password(basic("any:"))).isEmpty();
    assertThat(Credentials.password("Digest x")).isEmpty();
  }

  private static String basic(String pair) {
    return "Basic " + encoded(pair);
  }

  private static String encoded(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }
}
