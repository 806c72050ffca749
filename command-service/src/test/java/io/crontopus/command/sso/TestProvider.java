package io.crontopus.command.sso;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A provider that speaks OpenID Connect, and GitHub's dialect beside it, over HTTP. It checks what
 * it is asked as real ones do: client, redirect, PKCE, and that a code comes once. Whoever comes is
 * let in at once, as whoever the test says; and it can be told to answer badly.
 */
public final class TestProvider implements AutoCloseable {

  /** The client's name and secret. */
  public static final String CLIENT = "crontopus";

  public static final String SECRET = "a-secret-that-is-long-enough-for-an-hmac-key";

  /** What is wrong with an answer. */
  public enum Fault {
    NONE,
    WRONG_NONCE,
    EXPIRED,
    FOREIGN_KEY,
    UNSIGNED,
    /** Signed with the client's secret. */
    HMAC,
    FOREIGN_ISSUER,
    FOREIGN_AUDIENCE,
    NO_ID_TOKEN,
    /** Never ends. */
    SLOW,
    HUGE,
    GARBAGE,
    /** Redirects to somewhere else. */
    REDIRECT
  }

  /** Who comes next. */
  public record Visitor(String subject, @Nullable String email, boolean verified) {}

  private record Granted(Visitor visitor, String redirect, String challenge, String nonce) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Granted> codes = new ConcurrentHashMap<>();
  private final Map<String, Visitor> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile RSAKey key = newKey();

  /** Made in advance: that takes longer than whoever signs in waits. */
  private final RSAKey foreignKey = newKey();

  private volatile Visitor visitor = new Visitor("nobody", null, false);
  private volatile Fault fault = Fault.NONE;

  public TestProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/.well-known/openid-configuration", this::configuration);
    server.createContext("/keys", this::keys);
    server.createContext("/authorize", this::authorize);
    server.createContext("/token", this::token);
    server.createContext("/login/oauth/authorize", this::authorize);
    server.createContext("/login/oauth/access_token", this::accessToken);
    server.createContext("/api/user", this::user);
    server.createContext("/api/user/emails", this::emails);
    server.start();
  }

  public String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Who comes next, and comes again. */
  public void expect(Visitor next) {
    visitor = next;
  }

  public void answer(Fault badly) {
    fault = badly;
  }

  /** Gives the key another name, which is all that tells keys apart. */
  public void rotateKey() {
    key = new RSAKey.Builder(key).keyID(UUID.randomUUID().toString()).build();
  }

  public int keyRequests() {
    return keyRequests.get();
  }

  private void configuration(HttpExchange exchange) throws IOException {
    json(
        exchange,
        200,
        """
        {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
         "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
         "authorization_response_iss_parameter_supported": true}
        """
            .formatted(issuer()));
  }

  private void keys(HttpExchange exchange) throws IOException {
    keyRequests.incrementAndGet();
    json(exchange, 200, new JWKSet(key).toString(true));
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, List<String>> asked = query(exchange);
    String code = UUID.randomUUID().toString();
    String challenge = one(asked, "code_challenge");
    if (!one(asked, "client_id").equals(CLIENT)
        || !one(asked, "code_challenge_method").equals("S256")
        || challenge.length() != 43) {
      json(exchange, 400, "{\"error\": \"invalid_request\"}");
      return;
    }
    codes.put(
        code, new Granted(visitor, one(asked, "redirect_uri"), challenge, one(asked, "nonce")));
    redirect(
        exchange,
        one(asked, "redirect_uri")
            + "?code="
            + code
            + "&state="
            + encoded(one(asked, "state"))
            + "&iss="
            + encoded(issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, List<String>> asked = form(exchange);
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    Granted granted = redeemed(asked);
    if (granted == null || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      json(exchange, 400, "{\"error\": \"invalid_grant\"}");
      return;
    }
    switch (fault) {
      case SLOW -> drip(exchange);
      case HUGE -> flood(exchange);
      case GARBAGE -> json(exchange, 200, "<html>");
      case REDIRECT -> redirect(exchange, issuer() + "/elsewhere");
      case NO_ID_TOKEN ->
          json(exchange, 200, "{\"access_token\": \"x\", \"token_type\": \"Bearer\"}");
      default ->
          json(
              exchange,
              200,
              "{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
                  .formatted(idToken(granted)));
    }
  }

  private @Nullable Granted redeemed(Map<String, List<String>> asked) {
    Granted granted = codes.remove(one(asked, "code"));
    return granted != null
            && granted.redirect().equals(one(asked, "redirect_uri"))
            && CodeChallenge.compute(
                    CodeChallengeMethod.S256, new CodeVerifier(one(asked, "code_verifier")))
                .getValue()
                .equals(granted.challenge())
        ? granted
        : null;
  }

  private String idToken(Granted granted) {
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(fault == Fault.FOREIGN_ISSUER ? "https://issuer.example" : issuer())
            .audience(fault == Fault.FOREIGN_AUDIENCE ? "somebody-else" : CLIENT)
            .subject(granted.visitor().subject())
            .claim("nonce", fault == Fault.WRONG_NONCE ? "n" : granted.nonce())
            .claim("email", granted.visitor().email())
            .claim("email_verified", granted.visitor().verified())
            .issueTime(Date.from(now.minusSeconds(fault == Fault.EXPIRED ? 900 : 1)))
            .expirationTime(Date.from(now.plusSeconds(fault == Fault.EXPIRED ? -600 : 60)))
            .build();
    try {
      return switch (fault) {
        case UNSIGNED -> new PlainJWT(claims).serialize();
        case HMAC -> {
          SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
          jwt.sign(new MACSigner(SECRET));
          yield jwt.serialize();
        }
        case FOREIGN_KEY ->
            signed(claims, new RSAKey.Builder(foreignKey).keyID(key.getKeyID()).build());
        default -> signed(claims, key);
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWTClaimsSet claims, RSAKey with) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(with.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(with));
    return jwt.serialize();
  }

  private void accessToken(HttpExchange exchange) throws IOException {
    Map<String, List<String>> asked = form(exchange);
    Granted granted = redeemed(asked);
    if (granted == null
        || !one(asked, "client_secret").equals(SECRET)
        || !"application/json".equals(exchange.getRequestHeaders().getFirst("Accept"))) {
      json(exchange, 200, "{\"error\": \"bad_verification_code\"}");
      return;
    }
    String token = UUID.randomUUID().toString();
    tokens.put("Bearer " + token, granted.visitor());
    json(
        exchange,
        200,
        "{\"access_token\": \"%s\", \"scope\": \"user:email\", \"token_type\": \"bearer\"}"
            .formatted(token));
  }

  private void user(HttpExchange exchange) throws IOException {
    Visitor who = bearer(exchange);
    json(
        exchange,
        who == null ? 401 : 200,
        who == null
            ? "{}"
            : "{\"id\": %s, \"login\": \"x\", \"email\": \"public@example.org\"}"
                .formatted(who.subject()));
  }

  private void emails(HttpExchange exchange) throws IOException {
    Visitor who = bearer(exchange);
    json(
        exchange,
        who == null ? 401 : 200,
        who == null
            ? "{}"
            : """
              [{"email": "second@example.org", "primary": false, "verified": true},
               {"email": "%s", "primary": true, "verified": %s}]
              """
                .formatted(who.email(), who.verified()));
  }

  private @Nullable Visitor bearer(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header == null ? null : tokens.get(header);
  }

  /** A byte now and then, and never the last one. */
  private void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      do {
        body.write(' ');
        body.flush();
      } while (!closed.await(100, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void flood(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream body = exchange.getResponseBody()) {
      byte[] some = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 1_024; i++) {
        body.write(some);
      }
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void json(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static Map<String, List<String>> query(HttpExchange exchange) {
    return URLUtils.parseParameters(exchange.getRequestURI().getRawQuery());
  }

  private static Map<String, List<String>> form(HttpExchange exchange) throws IOException {
    return URLUtils.parseParameters(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String one(Map<String, List<String>> parameters, String name) {
    return parameters.getOrDefault(name, List.of("")).getFirst();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
