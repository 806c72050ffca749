package io.crontopus.cli.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerUrlTest {

  @ParameterizedTest
  @CsvSource({
    "http://Example.ORG:80/, http://example.org",
    "https://example.org:443, https://example.org",
    "localhost:8080, http://localhost:8080",
    "https://example.org/crontopus//, https://example.org/crontopus",
    "http://[::1]:8080, http://[::1]:8080"
  })
  void oneServerHasOneSpelling(String text, String expected) {
    assertThat(ServerUrl.parse(text).value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8080, true",
    "http://localhost, true",
    "http://[::1]:1, true",
    "http://example.org, false",
    "http://localhost.example.org, false"
  })
  void whetherItStaysOnThisMachine(String text, boolean isLocal) {
    assertThat(ServerUrl.parse(text).isLocal()).isEqualTo(isLocal);
  }

  @Test
  void theApiIsBelowItsPath() {
    var uri = ServerUrl.parse("http://h/base").api("/runs", Query.NONE.with("q", "a b&c"));

    assertThat(uri).hasToString("http://h/base/api/runs?q=a%20b%26c");
  }
}
