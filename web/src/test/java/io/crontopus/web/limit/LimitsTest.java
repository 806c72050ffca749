package io.crontopus.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.web.edge.EdgeServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients are told apart as a trusted proxy names them. */
class LimitsTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TYPE = "Content-Type";
  private static final String FOR = "X-Forwarded-For";

  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server =
        EdgeServer.start(
            "crontopus.http.trusted-proxies=127.0.0.1",
            "crontopus.limits.login-address=8/h",
            "crontopus.limits.endpoint=1/s burst 3",
            "crontopus.limits.api=1/h burst 4");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSixthWrongPasswordInAMinuteIsNotLookedAt() throws Exception {
    for (int left = 4; left >= 0; left--) {
      HttpResponse<String> wrong = login("203.0.113.1", "ada", "wrong");
      assertThat(wrong.statusCode()).isEqualTo(401);
      assertThat(header(wrong, "RateLimit")).startsWith("\"login\";r=" + left + ";t=");
      assertThat(header(wrong, "RateLimit-Policy"))
          .isEqualTo("\"login\";q=5;w=60, \"login-2\";q=30;w=3600, \"login-3\";q=100;w=86400");
    }
    // Right or wrong: whoever guesses must not learn it.
    HttpResponse<String> right = login("203.0.113.1", "ADA ", "right");
    assertThat(right.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(right, "Retry-After"))).isBetween(1, 12);
    assertThat(header(right, "RateLimit")).startsWith("\"login\";r=0;t=");
    assertThat(right.body())
        .contains("\"code\":\"too-many-requests\"", "too many logins that failed");
    assertThat(server.count("crontopus.http.limited", "limit", "login")).isPositive();
  }

  @Test
  void nobodyIsLockedOutBySomebodyElsewhere() throws Exception {
    for (int i = 0; i < 6; i++) {
      login("203.0.113.2", "grace", "wrong");
    }
    assertThat(login("203.0.113.2", "grace", "right").statusCode()).isEqualTo(429);
    assertThat(login("203.0.113.3", "grace", "right").statusCode()).isEqualTo(200);
  }

  @Test
  void rightPasswordsAreNotCounted() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(login("203.0.113.4", "linus", "right").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whoTriesManyAccountsFromOneAddressIsSlowedDownAndItsRegularsAreNot() throws Exception {
    assertThat(login("203.0.113.5", "regular", "right").statusCode()).isEqualTo(200);
    List<Integer> answers =
        IntStream.range(0, 10).mapToObj(i -> status("203.0.113.5", "victim" + i)).toList();
    assertThat(answers.subList(0, 8)).containsOnly(401);
    assertThat(answers.subList(8, 10)).containsOnly(429);
    assertThat(login("203.0.113.5", "newcomer", "right").statusCode()).isEqualTo(429);
    assertThat(login("203.0.113.5", "regular", "right").statusCode()).isEqualTo(200);
  }

  @Test
  void oneIpv6CustomerIsOneClient() throws Exception {
    for (int i = 0; i < 5; i++) {
      login("2001:db8:1:1::" + i, "alan", "wrong");
    }
    assertThat(login("2001:db8:1:1:ffff::1", "alan", "right").statusCode()).isEqualTo(429);
    assertThat(login("2001:db8:1:2::1", "alan", "right").statusCode()).isEqualTo(200);
  }

  @Test
  void registrationsAreFewAndMistypedOnesAreNotCounted() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(post("/api/auth/register", "bad", "203.0.113.6").statusCode()).isEqualTo(400);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(post("/api/auth/register", "good", "203.0.113.6").statusCode()).isEqualTo(201);
    }
    HttpResponse<String> fourth = post("/api/auth/register", "good", "203.0.113.6");
    assertThat(fourth.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(header(fourth, "Retry-After"))).isBetween(1, 1200);
    assertThat(post("/api/auth/register", "good", "203.0.113.7").statusCode()).isEqualTo(201);
  }

  @Test
  void aPathThatIsSpelledOtherwiseLeadsToTheSameLimit() throws Exception {
    for (String path :
        List.of("/api/auth/register", "/api/auth/register;a=b", "/api/auth/r%65gister")) {
      assertThat(post(path, "good", "203.0.113.8").statusCode()).as(path).isEqualTo(201);
    }
    assertThat(post("/api;x/auth/%72egister", "good", "203.0.113.8").statusCode()).isEqualTo(429);
  }

  @Test
  void enrollmentsAreLimitedByAddress() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertThat(post("/api/endpoints/enroll", "{}", "203.0.113.9").statusCode()).isEqualTo(201);
    }
    assertThat(post("/api/endpoints/enroll", "{}", "203.0.113.9").statusCode()).isEqualTo(429);
  }

  @Test
  void anEndpointHasOneLimitForAllItSendsAndGetsItBack() throws Exception {
    assertThat(asCaller("/api/checkins", "ENDPOINT one").statusCode()).isEqualTo(201);
    assertThat(asCaller("/api/endpoints/e/heartbeat", "ENDPOINT one").statusCode()).isEqualTo(201);
    assertThat(asCaller("/api/checkins", "ENDPOINT one").statusCode()).isEqualTo(201);
    HttpResponse<String> refused = asCaller("/api/checkins", "ENDPOINT one");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Retry-After")).isEqualTo("1");
    assertThat(header(refused, "RateLimit-Policy")).isEqualTo("\"endpoint\";q=3;w=3");
    assertThat(asCaller("/api/checkins", "ENDPOINT two").statusCode()).isEqualTo(201);
    await().until(() -> asCaller("/api/checkins", "ENDPOINT one").statusCode() == 201);
  }

  @Test
  void aTokensCheckInsAreNotCountedWithItsOtherRequests() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(asCaller("/api/checkins", "API_TOKEN t").statusCode()).isEqualTo(201);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(get("API_TOKEN t").statusCode()).isEqualTo(200);
    }
    assertThat(get("API_TOKEN t").statusCode()).isEqualTo(429);
    assertThat(get("USER u").statusCode()).isEqualTo(200);
  }

  @Test
  void whoIsOnTheMachineItselfIsHeldToFailedLoginsOnly() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(server.post("/api/auth/register", "good").statusCode()).isEqualTo(201);
      assertThat(server.post("/api/auth/login", form("l" + i, "wrong"), TYPE, FORM).statusCode())
          .isEqualTo(401);
    }
    for (int i = 0; i < 5; i++) {
      server.post("/api/auth/login", form("local", "wrong"), TYPE, FORM);
    }
    assertThat(server.post("/api/auth/login", form("local", "right"), TYPE, FORM).statusCode())
        .isEqualTo(429);
  }

  @Test
  void aProxyThatIsNotTrustedDoesNotOpenTheMachinesOwnDoor() throws Exception {
    try (EdgeServer other = EdgeServer.start()) {
      for (int i = 0; i < 3; i++) {
        String client = "203.0.113." + i;
        assertThat(other.post("/api/auth/register", "good", FOR, client).statusCode())
            .isEqualTo(201);
      }
      assertThat(other.post("/api/auth/register", "good", FOR, "203.0.113.9").statusCode())
          .isEqualTo(429);
    }
  }

  private static int status(String address, String account) {
    try {
      return login(address, account, "wrong").statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> login(String address, String account, String password)
      throws Exception {
    return server.post("/api/auth/login", form(account, password), TYPE, FORM, FOR, address);
  }

  private static String form(String account, String password) {
    return "username=" + account.replace(' ', '+') + "&password=" + password;
  }

  private static HttpResponse<String> post(String path, String body, String address)
      throws Exception {
    return server.post(path, body, FOR, address);
  }

  private static HttpResponse<String> asCaller(String path, String caller) throws Exception {
    return server.post(path, "{}", FOR, "198.51.100.1", EdgeServer.CALLER, caller);
  }

  private static HttpResponse<String> get(String caller) throws Exception {
    return server.get("/api/runs", FOR, "198.51.100.1", EdgeServer.CALLER, caller);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
