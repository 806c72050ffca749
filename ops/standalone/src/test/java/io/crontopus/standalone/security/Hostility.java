package io.crontopus.standalone.security;

import io.crontopus.standalone.security.Routes.Route;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** Requests that no client should send, made from the routes that there are. */
final class Hostility {

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1e400",
          "99999999999999999999999",
          "NaN",
          "true",
          "null",
          "[]",
          "{}",
          "' OR '1'='1",
          "'; DROP TABLE read_model.run; --",
          "$1",
          "?",
          "%",
          "_",
          "\\",
          "\\u0000",
          "\u0000",
          "\n\r\nHTTP/1.1 200 OK",
          "../../../../etc/passwd",
          "..%2f..%2fetc%2fpasswd",
          "%00",
          "%c0%ae",
          "${jndi:ldap://127.0.0.1/a}",
          "#{1+1}",
          "<script>alert(1)</script>",
          "\ud800",
          "\udbff\udfff",
          "\u202e\u200b\ufeff",
          "İıſK",
          "é".repeat(300),
          "a".repeat(5_000),
          "2026-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "2026-02-30T25:61:61Z",
          "00000000-0000-0000-0000-000000000000",
          "default",
          "runs",
          "eyJrIjpbXX0",
          "eyJrIjpbIiJdLCJhIjotMX0=");

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "0",
          "-0",
          "1e999",
          "-1e-999",
          "123456789012345678901234567890",
          "0.1",
          "[]",
          "{}",
          "[null]",
          "[[[[[[]]]]]]",
          "{\"a\":{\"b\":{}}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\\x\"",
          "nul",
          "'single'",
          "\"open");

  private static final List<String> HEADERS =
      List.of(
          "Accept: text/html",
          "Accept: */*;q=nonsense",
          "Accept: application/xml",
          "Accept: ,,,;;;",
          "Content-Type: nonsense",
          "Content-Type: application/xml",
          "Content-Type: application/json; charset=utf-99",
          "Content-Type: multipart/form-data",
          "Content-Type: multipart/form-data; boundary=\"",
          "Content-Type: application/x-www-form-urlencoded; charset=utf-16",
          "Content-Encoding: gzip",
          "Transfer-Encoding: gzip, identity",
          "Expect: the-unexpected",
          "If-Match: \"\"\"",
          "If-None-Match: *",
          "Idempotency-Key: ' OR 1=1",
          "Last-Event-ID: -9223372036854775809",
          "Last-Event-ID: abc",
          "traceparent: 00-00000000000000000000000000000000-0000000000000000-00",
          "traceparent: zz",
          "Forwarded: for=\"[::\"",
          "X-Forwarded-For: 1.2.3.4, , \u00e9",
          "X-Forwarded-Proto: gopher",
          "X-Forwarded-Host: \\",
          "X-HTTP-Method-Override: DELETE",
          "Origin: null",
          "Range: bytes=9-1",
          "Cookie: a=\u00ff; =; ;",
          "Authorization: Basic %%%",
          "Authorization: Bearer",
          "Authorization: Negotiate \u00e9",
          "X: " + "y".repeat(7_000));

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW");

  private final RandomGenerator random;
  private final List<Route> routes;
  private final List<String> credentials;

  Hostility(RandomGenerator random, List<Route> routes, List<String> credentials) {
    this.random = random;
    this.routes = routes.stream().filter(route -> !route.isStream()).toList();
    this.credentials = List.copyOf(credentials);
  }

  /** The next request. */
  byte[] next() {
    Route route = any(routes);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    byte[] body = one(3) ? new byte[0] : body(route);
    text(request, (one(8) ? any(METHODS) : route.method()) + " " + target(route) + " HTTP/1.1\r\n");
    text(
        request,
        "Host: " + (one(40) ? any(VALUES).replaceAll("[\r\n]", "") : "127.0.0.1") + "\r\n");
    if (!one(5)) {
      text(request, "Authorization: Bearer " + any(credentials) + "\r\n");
    }
    if (!one(5)) {
      text(request, "Content-Type: application/json\r\n");
    }
    for (int extra = random.nextInt(3); extra > 0; extra--) {
      text(request, any(HEADERS) + "\r\n");
    }
    text(request, "Content-Length: " + body.length + "\r\n\r\n");
    request.writeBytes(body);
    return request.toByteArray();
  }

  private String target(Route route) {
    StringBuilder target = new StringBuilder();
    for (String part : route.path().substring(1).split("/", -1)) {
      target.append('/').append(part.startsWith("{") ? pathValue() : part);
    }
    if (one(12)) {
      target.append(
          any(List.of("/", "//", "/..", "/.", ";a=b", "%2f", "%", "%zz", "/%00", "?", "#")));
    }
    char separator = '?';
    for (String name : route.query()) {
      if (!one(3)) {
        String value = any(VALUES);
        target.append(separator).append(name).append('=');
        target.append(one(6) ? plain(value) : URLEncoder.encode(value, StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    return target.toString();
  }

  private String pathValue() {
    String value = any(VALUES);
    return one(4) ? plain(value) : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** As it is, but within one line. */
  private static String plain(String value) {
    return value.replaceAll("[\\s\\x00]", "");
  }

  private byte[] body(Route route) {
    return switch (random.nextInt(10)) {
      case 0 -> noise();
      case 1 -> any(JSON).getBytes(StandardCharsets.UTF_8);
      case 2 -> "[".repeat(3_000).getBytes(StandardCharsets.UTF_8);
      case 3 -> ("username=" + any(VALUES) + "&password=").getBytes(StandardCharsets.UTF_8);
      default -> object(route);
    };
  }

  private byte[] object(Route route) {
    StringBuilder json = new StringBuilder("{");
    for (String field : route.fields()) {
      if (!one(4)) {
        json.append(json.length() > 1 ? "," : "").append('"').append(field).append("\":");
        json.append(one(2) ? any(JSON) : quoted(any(VALUES)));
      }
    }
    if (one(10)) {
      json.append(json.length() > 1 ? "," : "").append("\"__proto__\":{}");
    }
    return json.append(one(20) ? "" : "}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ') {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private byte[] noise() {
    byte[] bytes = new byte[random.nextInt(400)];
    random.nextBytes(bytes);
    return bytes;
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static void text(ByteArrayOutputStream request, String text) {
    request.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
