package io.crontopus.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAddressTest {

  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  @Test
  void strangersAreNotBelieved() throws Exception {
    try (EdgeServer server = EdgeServer.start("crontopus.http.trusted-proxies=10.0.0.0/8")) {
      assertThat(server.get("/", FOR, "203.0.113.9", PROTO, "https").body())
          .isEqualTo("127.0.0.1 http");
    }
  }

  @Test
  void aTrustedProxyIsBelievedAndNobodyBeforeIt() throws Exception {
    try (EdgeServer server =
        EdgeServer.start("crontopus.http.trusted-proxies=127.0.0.0/8,10.0.0.0/8")) {
      assertThat(server.get("/", FOR, "203.0.113.9", PROTO, "https").body())
          .isEqualTo("203.0.113.9 https");
      assertThat(server.get("/", FOR, "1.1.1.1, 203.0.113.9, 10.0.0.3").body())
          .isEqualTo("203.0.113.9 http");
      assertThat(server.get("/", FOR, "1.1.1.1", FOR, "2001:db8::7").body())
          .isEqualTo("2001:db8:0:0:0:0:0:7 http");
      assertThat(server.get("/", FOR, "203.0.113.9:4711").body()).isEqualTo("203.0.113.9 http");
      assertThat(server.get("/", FOR, "1.1.1.1, nonsense, 10.0.0.3").body())
          .isEqualTo("10.0.0.3 http");
      assertThat(server.get("/").body()).isEqualTo("127.0.0.1 http");
      // The other kind of header comes from the client itself.
      assertThat(server.get("/", "Forwarded", "for=198.51.100.1;proto=https").body())
          .isEqualTo("127.0.0.1 http");
    }
  }

  @Test
  void theStandardHeaderIsReadWhereItIsWhatTheProxyWrites() throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            "crontopus.http.trusted-proxies=127.0.0.1", "crontopus.http.forwarded-by=forwarded")) {
      assertThat(
              server
                  .get("/", "Forwarded", "for=1.1.1.1, For=\"[2001:db8::7]:4711\";proto=https")
                  .body())
          .isEqualTo("2001:db8:0:0:0:0:0:7 https");
      assertThat(server.get("/", "Forwarded", "for=unknown;by=10.0.0.1").body())
          .isEqualTo("127.0.0.1 http");
      assertThat(server.get("/", FOR, "203.0.113.9").body()).isEqualTo("127.0.0.1 http");
    }
  }
}
