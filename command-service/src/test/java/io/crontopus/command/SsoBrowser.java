package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as far as a sign-in needs one: it keeps a cookie, and goes where it is sent. */
final class SsoBrowser {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String platform;
  private @Nullable String cookie;

  SsoBrowser(TestPlatform platform) {
    this.platform = platform.url();
  }

  /** An answer of the API. */
  record Answer(int status, JsonNode body) {

    String code() {
      return body.path("code").asString("");
    }

    String state() {
      return body.path("state").asString("");
    }
  }

  /** Where the provider would be visited. */
  URI start(String provider) throws Exception {
    return start(provider, "");
  }

  URI start(String provider, String query) throws Exception {
    HttpResponse<String> answer = get(platform + "/api/auth/sso/" + provider + "/start" + query);
    assertThat(answer.statusCode()).isEqualTo(302);
    List<String> cookies = answer.headers().allValues("Set-Cookie");
    assertThat(cookies)
        .singleElement()
        .asString()
        .startsWith("crontopus-sso=")
        .containsIgnoringCase("; HttpOnly")
        .contains("; SameSite=Lax", "; Path=/");
    cookie = cookies.getFirst().replaceFirst(";.*", "");
    return location(answer);
  }

  /** Visits the provider; where it sends the browser back to. */
  URI visit(URI provider) throws Exception {
    HttpResponse<String> answer = get(provider.toString());
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(302);
    return location(answer);
  }

  /** Brings an answer back; the fragment of the page that it is sent to: {@code code=…}. */
  String comeBack(URI callback) throws Exception {
    HttpResponse<String> answer =
        get(platform + callback.getRawPath() + "?" + callback.getRawQuery());
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(302);
    URI page = location(answer);
    assertThat(page.getPath()).isEqualTo("/sso.html");
    assertThat(page.getQuery()).isNull();
    return page.getRawFragment();
  }

  /** All of the way; the fragment. */
  String signIn(String provider) throws Exception {
    return comeBack(visit(start(provider)));
  }

  /** All of the way; the code, which there has to be. */
  String codeOf(String provider) throws Exception {
    return codeIn(signIn(provider));
  }

  static String codeIn(String fragment) {
    assertThat(fragment).startsWith("code=");
    return URLDecoder.decode(fragment.substring("code=".length()), StandardCharsets.UTF_8);
  }

  /** All of the way, and what the console hears. */
  Answer enter(String provider) throws Exception {
    return exchange(codeOf(provider));
  }

  Answer exchange(String code) throws Exception {
    return post("exchange", "{\"code\": \"%s\"}".formatted(code), null);
  }

  /** One step of the API, as the console takes it. */
  Answer post(String step, String body, @Nullable String token) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(platform + "/api/auth/sso/" + step))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> answer = send(request);
    return new Answer(
        answer.statusCode(),
        JsonMapper.shared().readTree(answer.body().isEmpty() ? "null" : answer.body()));
  }

  private HttpResponse<String> get(String uri) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(uri)).GET());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static URI location(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }
}
