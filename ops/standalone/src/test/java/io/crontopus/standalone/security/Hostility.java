package io.crontopus.standalone.security;

import io.crontopus.standalone.security.Routes.Field;
import io.crontopus.standalone.security.Routes.Route;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Requests that no client should send, made from the routes that there are: some wrong all over,
 * some right but for one thing, about what a tenant really has and with the credential that may.
 *
 * <p>Left out is what would end the credentials that the others need: logging out, revoking the
 * endpoint that reports, changing signing keys, and suspending, resuming or removing a tenant that
 * there is. So are rebuilds of projections, which the platform would be busy with.
 */
final class Hostility {

  private static final String OPERATED = "/api/admin/";

  /** What an operator could do, and must not here. */
  private static final Set<String> SPARED =
      Set.of("POST /api/admin/signing-keys", "POST /api/admin/projections/{name}/rebuild");

  /** Ends of the paths on which a tenant that there is must not be named. */
  private static final Set<String> FATAL = Set.of("/suspend", "/resume", "/delete");

  /** Comparing a password takes long: what can be none is never the right one. */
  private static final Set<String> PASSWORDS = Set.of("password", "current", "new");

  private static final String BEATS = "/api/endpoints/{id}/heartbeat";

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
          "999999999-01-01T00:00:00Z",
          "+294277-01-01T00:00:00Z",
          "-0001-01-01T00:00:00Z",
          "2026-02-30T25:61:61Z",
          "a\u0000b",
          "9223372036854775807",
          "00000000-0000-0000-0000-000000000000",
          "default",
          "runs",
          "eyJrIjpbXX0",
          "eyJrIjpbIiJdLCJhIjotMX0=",
          cursor("+999999999-12-31T23:59:59Z", "a"),
          cursor("-999999999-01-01T00:00:00Z", "a"),
          cursor("2026-01-01T00:00:00Z", "a\u0000b"),
          cursor("9223372036854775807"),
          cursor("", ""),
          cursor("a", "b", "c"));

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
          "[null, {\"a\": null}, \"\\u0000\"]",
          "[" + "[".repeat(600) + "]".repeat(600) + "]",
          "{\"a\":{\"b\":{}}}",
          "{\"a\": null}",
          "{\"\\u0000\": \"\\u0000\"}",
          "2147483648",
          "9223372036854775807",
          "-9223372036854775808",
          "18446744073709551616",
          "1e308",
          "\"+999999999-12-31T23:59:59.999999999Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"+294277-01-01T00:00:00Z\"",
          "\"-0001-01-01T00:00:00Z\"",
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
  private final List<Field> beats;
  private final Map<String, String> credentials;
  private final String operator;
  private final Samples samples;

  /**
   * Makes requests of one tenant.
   *
   * @param credentials of the tenant, by kind
   * @param operator the credential of an operator
   * @param samples about what the tenant has
   */
  Hostility(
      RandomGenerator random,
      List<Route> routes,
      Map<String, String> credentials,
      String operator,
      Samples samples) {
    this.random = random;
    this.routes = routes.stream().filter(route -> !route.path().contains("logout")).toList();
    this.beats =
        routes.stream()
            .filter(route -> route.path().equals(BEATS))
            .flatMap(route -> route.fields().stream())
            .toList();
    this.credentials = Map.copyOf(credentials);
    this.operator = operator;
    this.samples = samples;
  }

  /** The next route to try. */
  Route route() {
    return any(routes);
  }

  /** A request for this route. */
  byte[] request(Route route) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    byte[] body = one(3) ? new byte[0] : body(route);
    String method = one(8) ? any(METHODS) : route.method();
    text(request, method + " " + target(route, method) + " HTTP/1.1\r\n");
    text(
        request,
        "Host: " + (one(40) ? any(VALUES).replaceAll("[\r\n]", "") : "127.0.0.1") + "\r\n");
    if (!one(5)) {
      text(request, "Authorization: Bearer " + credential(route) + "\r\n");
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

  /** Any of the tenant's, or one that the route is for. */
  private String credential(Route route) {
    boolean fits = !one(3);
    if (fits && route.path().startsWith(OPERATED) && !SPARED.contains(route.toString())) {
      return operator;
    }
    List<String> fitting =
        credentials.entrySet().stream()
            .filter(credential -> fits && Access.isFor(route, credential.getKey()))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    return any(fitting.isEmpty() ? credentials.values().stream().sorted().toList() : fitting);
  }

  private String target(Route route, String method) {
    StringBuilder target = new StringBuilder();
    for (String part : route.path().substring(1).split("/", -1)) {
      boolean own = part.startsWith("{") && !one(3) && mayName(route, method);
      target
          .append('/')
          .append(own ? samples.variable(route, part) : part.startsWith("{") ? pathValue() : part);
    }
    if (one(12)) {
      target.append(
          any(List.of("/", "//", "/..", "/.", ";a=b", "%2f", "%", "%zz", "/%00", "?", "#")));
    }
    char separator = '?';
    for (String name : route.query()) {
      if (!one(3)) {
        String value = one(2) ? any(VALUES) : samples.parameter(name);
        target.append(separator).append(name).append('=');
        target.append(one(6) ? plain(value) : URLEncoder.encode(value, StandardCharsets.UTF_8));
        separator = '&';
      }
    }
    return target.toString();
  }

  private static boolean mayName(Route route, String method) {
    return !(method.equals("DELETE") && route.path().startsWith("/api/endpoints/"))
        && !FATAL.contains(route.path().substring(route.path().lastIndexOf('/')));
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
      default -> document(route).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** An object, or as many lines of them as somebody has to tell who stays connected. */
  private String document(Route route) {
    if (!route.path().equals(BEATS + "s")) {
      return object(route, route.fields(), one(2) ? 1 : 6);
    }
    StringBuilder lines = new StringBuilder();
    for (int line = random.nextInt(6); line >= 0; line--) {
      lines.append(object(route, beats, one(2) ? 1 : 6)).append(one(10) ? "\r\n\n" : "\n");
    }
    return lines.toString();
  }

  /**
   * An object of which one field in so many is wrong; where all of them are, some are missing, too.
   */
  private String object(Route route, List<Field> fields, int wrong) {
    StringBuilder json = new StringBuilder("{");
    for (Field field : fields) {
      if (!one(wrong == 1 ? 4 : 20)) {
        json.append(json.length() > 1 ? "," : "").append('"').append(field.name()).append("\":");
        json.append(value(route, field, wrong));
      }
    }
    if (one(10)) {
      json.append(json.length() > 1 ? "," : "").append("\"__proto__\":{}");
    }
    return json.append(one(20) ? "" : "}").toString();
  }

  private String value(Route route, Field field, int wrong) {
    if (!field.fields().isEmpty() && !one(4)) {
      String inner = object(route, field.fields(), wrong);
      return field.list() ? "[" + inner + (one(6) ? ",null" : "") + "]" : inner;
    }
    if (!one(wrong) && !PASSWORDS.contains(field.name())) {
      return samples.json(route, field);
    }
    return switch (random.nextInt(5)) {
      case 0, 1 -> any(JSON);
      case 2 -> "[" + quoted(any(VALUES)) + "," + any(JSON) + "]";
      default -> quoted(any(VALUES));
    };
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

  /** A place in a list, made as the platform makes them. */
  private static String cursor(String... keys) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join("\n", keys).getBytes(StandardCharsets.UTF_8));
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
