package io.crontopus.web.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class BrowserRulesTest {

  private static final String ORIGIN = "Origin";
  private static final String ALLOWED = "Access-Control-Allow-Origin";

  @Test
  void everyAnswerTellsBrowsersWhatNotToDo() throws Exception {
    try (EdgeServer server = EdgeServer.start()) {
      HttpResponse<String> page = server.get("/");
      assertThat(header(page, "Content-Security-Policy"))
          .startsWith("default-src 'none'; script-src 'self'")
          .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
          .doesNotContain("unsafe");
      assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(header(page, "Permissions-Policy")).contains("geolocation=()");
      for (String path : new String[] {"/", "/api/runs", "/nothing", "/api/nothing"}) {
        HttpResponse<String> answer = server.get(path);
        assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
        assertThat(header(answer, "X-Frame-Options")).as(path).isEqualTo("DENY");
        assertThat(header(answer, "Referrer-Policy")).as(path).isEqualTo("no-referrer");
        assertThat(header(answer, "Cross-Origin-Resource-Policy"))
            .as(path)
            .isEqualTo("same-origin");
        assertThat(header(answer, "Content-Security-Policy")).as(path).contains("frame-ancestors");
        // Over plain HTTP it means nothing.
        assertThat(header(answer, "Strict-Transport-Security")).as(path).isEmpty();
      }
      assertThat(header(server.get("/api/runs"), "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void browsersThatCameEncryptedAreToldToStaySo() throws Exception {
    try (EdgeServer server = EdgeServer.start("crontopus.http.trusted-proxies=127.0.0.1")) {
      assertThat(header(server.get("/", "X-Forwarded-Proto", "https"), "Strict-Transport-Security"))
          .isEqualTo("max-age=31536000");
    }
  }

  @Test
  void otherOriginsAreKeptOut() throws Exception {
    try (EdgeServer server = EdgeServer.start()) {
      assertThat(header(server.get("/api/runs", ORIGIN, "https://evil.example"), ALLOWED))
          .isEmpty();
      HttpResponse<String> preflight = preflight(server, "https://evil.example");
      assertThat(header(preflight, "Access-Control-Allow-Headers")).isEmpty();
      assertThat(header(preflight, ALLOWED)).isEmpty();
    }
  }

  @Test
  void theOriginsOfTheListAreLetIn() throws Exception {
    try (EdgeServer server =
        EdgeServer.start("crontopus.http.cors.allowed-origins=https://status.example.org")) {
      HttpResponse<String> preflight = preflight(server, "https://status.example.org");
      assertThat(preflight.statusCode()).isEqualTo(200);
      assertThat(header(preflight, ALLOWED)).isEqualTo("https://status.example.org");
      assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("authorization");
      assertThat(header(preflight, "Access-Control-Allow-Credentials")).isEmpty();
      // Errors too, or a page could not tell why.
      assertThat(header(server.get("/api/nothing", ORIGIN, "https://status.example.org"), ALLOWED))
          .isEqualTo("https://status.example.org");
      assertThat(preflight(server, "https://evil.example").statusCode()).isEqualTo(403);
      assertThat(server.get("/api/runs", ORIGIN, "https://evil.example").statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void theListHoldsOriginsAndNoPatterns() {
    assertThatThrownBy(() -> EdgeServer.start("crontopus.http.cors.allowed-origins=*").close())
        .rootCause()
        .hasMessageContaining("'*' is no origin");
  }

  @Test
  void unencryptedRequestsOfOthersAreTurnedAway() throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            "crontopus.http.require-https=true",
            "crontopus.http.trusted-proxies=127.0.0.1",
            "crontopus.public-url=https://crontopus.example.org")) {
      String[] plain = {"X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "http"};
      String[] encrypted = {"X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https"};
      HttpResponse<String> api = server.get("/api/runs", plain);
      assertThat(api.statusCode()).isEqualTo(403);
      assertThat(api.body()).contains("\"code\":\"https-required\"");
      HttpResponse<String> page = server.get("/", plain);
      assertThat(page.statusCode()).isEqualTo(308);
      assertThat(header(page, "Location")).isEqualTo("https://crontopus.example.org/");
      assertThat(server.get("/health", plain).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/runs", encrypted).statusCode()).isEqualTo(200);
      assertThat(server.get("/api/runs").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> preflight(EdgeServer server, String origin) throws Exception {
    return server.send(
        "OPTIONS",
        "/api/checkins",
        "",
        ORIGIN,
        origin,
        "Access-Control-Request-Method",
        "POST",
        "Access-Control-Request-Headers",
        "authorization, content-type");
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
