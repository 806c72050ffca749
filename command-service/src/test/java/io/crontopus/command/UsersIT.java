package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.command.automation.WhenMainMovesThenRecordJobs;
import io.crontopus.command.git.CommitSummary;
import io.crontopus.command.git.ObservedPush;
import io.crontopus.identity.Role;
import io.crontopus.identity.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The users of a tenant over HTTP: what each may do, and how that changes at once. */
class UsersIT {

  /** What is sealed is random letters, and three of them are a name sooner or later. */
  private static final String SEALED = "sealed:[0-9a-f]+:[A-Za-z0-9_-]+";

  private static final Duration AT_ONCE = Duration.ofMillis(1_500);
  private static final String CHECK_IN = "{\"job_name\": \"b\", \"status\": \"success\"}";

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestPlatform other;
  private static String owner;

  @BeforeAll
  static void start() throws Exception {
    platform = TestPlatform.start(folder);
    other = platform.anotherNode();
    owner = platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop();
    platform.close();
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void aUserMayDoWhatTheRoleSays(Role role) throws Exception {
    String token = access(platform.member(owner, "is-" + role.wireName(), role.wireName()));
    JsonNode me = platform.get("/api/auth/me", token).body();
    assertThat(me.path("roles").valueStream().map(JsonNode::asString))
        .containsExactly(role.wireName());
    assertThat(me.path("scopes").valueStream().map(JsonNode::asString))
        .containsExactlyElementsOf(role.scopes().stream().map(Scope::wireName).toList());
    allowed(role, Scope.WRITE_RUNS, platform.post("/api/checkins", token, CHECK_IN), 201);
    allowed(role, Scope.READ_TOKENS, platform.get("/api/tokens", token), 200);
    allowed(role, Scope.READ_AGENTS, platform.get("/api/enrollment-tokens", token), 200);
    allowed(role, Scope.READ_USERS, platform.get("/api/users", token), 200);
    allowed(
        role,
        Scope.WRITE_USERS,
        platform.post(
            "/api/invitations",
            token,
            "{\"email\": \"by-%s@example.org\", \"role\": \"viewer\"}".formatted(role.wireName())),
        201);
    allowed(
        role,
        Scope.WRITE_AGENTS,
        platform.post("/api/enrollment-tokens", token, "{\"name\": \"x\"}"),
        201);
  }

  @Test
  void nobodyGivesOrTakesARoleThatMayDoMore() throws Exception {
    String admin = access(platform.member(owner, "deputy", "admin"));
    String boss = id(owner);
    assertThat(platform.patch("/api/users/" + boss, admin, role("viewer")).status()).isEqualTo(403);
    assertThat(platform.delete("/api/users/" + boss, admin).status()).isEqualTo(403);
    assertThat(platform.patch("/api/users/" + id(admin), admin, role("owner")).status())
        .isEqualTo(403);
    assertThat(
            platform
                .post(
                    "/api/invitations",
                    admin,
                    "{\"email\": \"own@example.org\", \"role\": \"owner\"}")
                .status())
        .isEqualTo(403);
    String narrow = token(admin, "write:users");
    assertThat(
            platform
                .post(
                    "/api/invitations",
                    narrow,
                    "{\"email\": \"own@example.org\", \"role\": \"admin\"}")
                .status())
        .isEqualTo(403);
  }

  @Test
  void aTenantKeepsAnOwner() throws Exception {
    String last = platform.owner("lonely");
    Answer demoted = platform.patch("/api/users/" + id(last), last, role("admin"));
    assertThat(demoted.status()).isEqualTo(409);
    assertThat(demoted.body().path("code").asString()).isEqualTo("last-owner");
    assertThat(platform.delete("/api/users/" + id(last), last).status()).isEqualTo(409);
    assertThat(platform.get("/api/auth/me", last).status()).isEqualTo(200);
  }

  @Test
  void twoOwnersWhoDemoteEachOtherAtOnceLeaveOne() throws Exception {
    String one = platform.owner("duel");
    String two = access(platform.member(one, "second", "owner"));
    String oneId = id(one);
    String twoId = id(two);
    assertThat(other.get("/api/auth/me", two).status()).isEqualTo(200);
    List<Callable<Answer>> calls =
        List.of(
            () -> platform.patch("/api/users/" + twoId, one, role("viewer")),
            () -> other.patch("/api/users/" + oneId, two, role("viewer")));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(calls).stream().map(Future::resultNow).map(Answer::status))
          .containsOnlyOnce(200)
          .isSubsetOf(200, 401, 409);
    }
    assertThat(
            platform
                .jdbc()
                .sql(
                    "SELECT count(*) FROM identity.app_user WHERE tenant_id = 'duel' AND role = 'owner'")
                .query(Integer.class)
                .single())
        .isOne();
  }

  @Test
  void aDemotedUsersTokensShrinkAtOnceOnEveryNode() throws Exception {
    String operator = access(platform.member(owner, "demoted", "operator"));
    String token = token(operator, "write:runs", "read:jobs");
    assertThat(other.post("/api/checkins", token, CHECK_IN).status()).isEqualTo(201);

    assertThat(platform.patch("/api/users/" + id(operator), owner, role("viewer")).status())
        .isEqualTo(200);

    await()
        .atMost(AT_ONCE)
        .untilAsserted(
            () -> {
              assertThat(other.post("/api/checkins", token, CHECK_IN).status()).isEqualTo(403);
              assertThat(other.get("/api/auth/me", operator).status()).isEqualTo(401);
            });
    assertThat(
            platform
                .get("/api/auth/me", token)
                .body()
                .path("scopes")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("read:runs", "read:jobs");
    assertThat(platform.events("user.role-changed"))
        .anyMatch(
            event ->
                event.path("before").asString().equals("operator")
                    && event.path("after").asString().equals("viewer")
                    && event.path("changedBy").asString().startsWith("user:"));
    assertThat(platform.logIn("demoted", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aRemovedUserIsGoneWithTokensAndSessions() throws Exception {
    String leaver = access(platform.member(owner, "leaver", "operator"));
    String token = token(leaver, "read:tokens");
    String user = id(leaver);
    assertThat(other.get("/api/tokens", token).status()).isEqualTo(200);
    assertThat(other.get("/api/auth/me", leaver).status()).isEqualTo(200);

    assertThat(platform.delete("/api/users/" + user, owner).status()).isEqualTo(204);

    await()
        .atMost(AT_ONCE)
        .untilAsserted(
            () -> {
              assertThat(other.get("/api/tokens", token).status()).isEqualTo(401);
              assertThat(other.get("/api/auth/me", leaver).status()).isEqualTo(401);
            });
    assertThat(platform.logIn("leaver", PASSWORD).status()).isEqualTo(401);
    assertThat(platform.get("/api/users/" + user, owner).status()).isEqualTo(404);
    assertThat(platform.delete("/api/users/" + user, owner).status()).isEqualTo(404);
    assertThat(platform.events("user.removed"))
        .anyMatch(event -> event.path("userId").asString().equals(user));
  }

  @Test
  void aServiceHasTokensAndNothingElse() throws Exception {
    Answer added =
        platform.post(
            "/api/users",
            owner,
            "{\"kind\": \"service\", \"username\": \"ci\", \"role\": \"operator\"}");
    assertThat(added.status()).isEqualTo(201);
    String service = added.body().path("id").asString();
    Answer token =
        platform.post(
            "/api/tokens",
            owner,
            "{\"name\": \"ci\", \"scopes\": [\"write:runs\"], \"user_id\": \"%s\"}"
                .formatted(service));
    assertThat(token.status()).isEqualTo(201);
    String secret = token.body().path("token").asString();
    assertThat(platform.post("/api/checkins", secret, CHECK_IN).status()).isEqualTo(201);
    assertThat(platform.logIn("ci", PASSWORD).status()).isEqualTo(401);
    Answer tooMuch =
        platform.post(
            "/api/tokens",
            owner,
            "{\"name\": \"ci\", \"scopes\": [\"admin:*\"], \"user_id\": \"%s\"}"
                .formatted(service));
    assertThat(tooMuch.status()).isEqualTo(400);
    assertThat(tooMuch.body().at("/errors/0/pointer").asString()).isEqualTo("/scopes/0");
    assertThat(
            platform
                .post(
                    "/api/tokens",
                    owner,
                    "{\"name\": \"x\", \"scopes\": [\"read:runs\"], \"user_id\": \"%s\"}"
                        .formatted(id(owner)))
                .status())
        .isEqualTo(400);

    String neighbour = platform.owner("neighbour");
    assertThat(
            platform
                .post(
                    "/api/users",
                    neighbour,
                    "{\"kind\": \"service\", \"username\": \"ci\", \"role\": \"viewer\"}")
                .status())
        .isEqualTo(201);
  }

  @Test
  void aTokenOfSomebodyElseIsRevokedByWhoManagesUsers() throws Exception {
    String one = access(platform.member(owner, "maker", "operator"));
    String two = access(platform.member(owner, "meddler", "operator"));
    String id =
        platform
            .post("/api/tokens", one, "{\"name\": \"mine\", \"scopes\": [\"read:runs\"]}")
            .body()
            .path("id")
            .asString();
    assertThat(platform.delete("/api/tokens/" + id, two).status()).isEqualTo(403);
    assertThat(platform.delete("/api/tokens/" + id, owner).status()).isEqualTo(204);
  }

  @Test
  void aTokenMakesNoneThatOutlivesIt() throws Exception {
    String maker = access(platform.member(owner, "breeder", "operator"));
    JsonNode parent = breed(maker, ", \"expires_in_days\": 2").body();
    JsonNode child = breed(parent.path("token").asString(), "").body();
    // The database rounds what the answer cuts off.
    Instant end = Instant.parse(parent.path("expires_at").asString());
    assertThat(Instant.parse(child.path("expires_at").asString()))
        .isBetween(end, end.plusMillis(1));
    Answer longer = breed(parent.path("token").asString(), ", \"expires_in_days\": 3");
    assertThat(longer.status()).isEqualTo(400);
    assertThat(longer.body().at("/errors/0/pointer").asString()).isEqualTo("/expires_in_days");
    JsonNode grandchild = breed(child.path("token").asString(), ", \"expires_in_days\": 1").body();
    JsonNode sibling = breed(maker, "").body();
    assertThat(other.get("/api/tokens", grandchild.path("token").asString()).status())
        .isEqualTo(200);

    assertThat(platform.delete("/api/tokens/" + parent.path("id").asString(), maker).status())
        .isEqualTo(204);

    await()
        .atMost(AT_ONCE)
        .untilAsserted(
            () -> {
              for (JsonNode gone : List.of(parent, child, grandchild)) {
                assertThat(other.get("/api/tokens", gone.path("token").asString()).status())
                    .isEqualTo(401);
              }
            });
    assertThat(other.get("/api/tokens", sibling.path("token").asString()).status()).isEqualTo(200);
    assertThat(
            platform.events("tenant.api-token-revoked").stream()
                .map(event -> event.path("tokenId").asString()))
        .contains(
            parent.path("id").asString(),
            child.path("id").asString(),
            grandchild.path("id").asString());
  }

  private static Answer breed(String token, String more) throws Exception {
    return platform.post(
        "/api/tokens",
        token,
        "{\"name\": \"b\", \"scopes\": [\"write:tokens\"]%s}".formatted(more));
  }

  @Test
  void anotherTenantsUsersAreNotThere() throws Exception {
    String stranger = platform.owner("outsider");
    String path = "/api/users/" + id(owner);
    assertThat(platform.get(path, stranger).status()).isEqualTo(404);
    assertThat(platform.patch(path, stranger, role("viewer")).status()).isEqualTo(404);
    assertThat(platform.delete(path, stranger).status()).isEqualTo(404);
    assertThat(platform.get("/api/users", stranger).body().path("users").size()).isEqualTo(1);
  }

  @Test
  void usersComeInPages() throws Exception {
    String tenant = platform.owner("pages");
    for (String name : List.of("p-one", "p-two", "p-three")) {
      platform.post(
          "/api/users",
          tenant,
          "{\"kind\": \"service\", \"username\": \"%s\", \"role\": \"viewer\"}".formatted(name));
    }
    JsonNode first = platform.get("/api/users?limit=3", tenant).body();
    JsonNode second =
        platform
            .get("/api/users?limit=3&cursor=" + first.path("next_cursor").asString(), tenant)
            .body();
    assertThat(first.path("users").valueStream().map(user -> user.path("username").asString()))
        .containsExactly("p-three", "p-two", "p-one");
    assertThat(second.path("users").valueStream().map(user -> user.path("username").asString()))
        .containsExactly("pages");
    assertThat(second.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void whoIsRemovedIsForgottenInTheLogToo() throws Exception {
    String tenant = platform.owner("forgetful");
    String bob = access(platform.member(tenant, "bob", "operator"));
    String gone = id(bob);
    push("forgetful", "c1", "Bob", "Bob@Example.org");
    push("forgetful", "c2", "Eve", "eve@example.org");
    assertThat(
            platform
                .post(
                    "/api/auth/email",
                    bob,
                    "{\"email\": \"robert@example.org\", \"password\": \"%s\"}".formatted(PASSWORD))
                .status())
        .isEqualTo(202);
    push("forgetful", "c3", "Robert", "robert@example.org");
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO identity.outbox (letter_id, tenant_id, kind, recipient, subject, body_text, body_html,
              queued_at, expires_at, next_attempt_at)
            SELECT recipient, 'forgetful', 'k', recipient, 's', 't', 'h', now(), now() + interval '1 day',
              now() + interval '1 day'
            FROM unnest(ARRAY['bob@example.org', 'Robert@example.org', 'other@example.org']) AS recipient
            """)
        .update();
    assertThat(platform.get("/api/invitations", tenant).body().toString()).contains("bob@");

    assertThat(platform.delete("/api/users/" + gone, tenant).status()).isEqualTo(204);
    assertThat(forget(tenant, "eve@example.org")).isEqualTo(204);
    assertThat(forget(tenant, "eve@example.org")).isEqualTo(404);
    assertThat(forget(tenant, "forgetful@example.org")).isEqualTo(409);
    assertThat(forget(tenant, "nobody")).isEqualTo(400);

    assertThat(platform.get("/api/invitations", tenant).body().toString()).doesNotContain("bob@");
    assertThat(
            platform.events("git.commit-observed").stream()
                .filter(event -> event.path("tenantId").asString().equals("forgetful"))
                .map(event -> event.toString().replaceAll(SEALED, "")))
        .hasSize(3)
        .allMatch(event -> !event.toLowerCase(Locale.ROOT).matches(".*(bob|eve|robert|example).*"));
    assertThat(
            platform.events("user.person-forgotten").stream()
                .filter(event -> event.path("tenantId").asString().equals("forgetful"))
                .map(event -> event.path("forgottenBy").asString()))
        .hasSize(3)
        .containsOnly("user:" + id(tenant));
    assertThat(
            platform.jdbc().sql("SELECT recipient FROM identity.outbox").query(String.class).list())
        .containsExactly("other@example.org");
    assertThat(
            platform
                .jdbc()
                .sql("SELECT count(*) FROM identity.personal_key WHERE tenant_id = 'forgetful'")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void aPersonOfOneTenantIsNotThatOfAnother() throws Exception {
    String one = platform.owner("tenant-one");
    String two = platform.owner("tenant-two");
    push("tenant-one", "c1", "Ann", "ann@example.org");
    push("tenant-two", "c1", "Ann", "ann@example.org");

    assertThat(forget(two, "ann@example.org")).isEqualTo(204);
    assertThat(forget(one, "ann@example.org")).isEqualTo(204);
  }

  private static int forget(String token, String email) throws Exception {
    return platform
        .post("/api/people/forget", token, "{\"email\": \"%s\"}".formatted(email))
        .status();
  }

  private static void push(String tenant, String commit, String author, String email) {
    Instant at = Instant.parse("2026-03-01T12:00:00Z");
    platform
        .bean(WhenMainMovesThenRecordJobs.class)
        .record(
            new ObservedPush(
                tenant,
                commit,
                null,
                author,
                email,
                "Change it",
                at,
                "user:1",
                at,
                List.of(new CommitSummary(commit, author, email, "Change it", at)),
                List.of(),
                Set.of()));
  }

  @Test
  void badInputIsToldAtOnce() throws Exception {
    Answer answer =
        platform.post(
            "/api/users",
            owner,
            "{\"kind\": \"person\", \"username\": \"No!\", \"role\": \"boss\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(
            answer
                .body()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString()))
        .containsExactly("/kind", "/username", "/role");
    assertThat(platform.patch("/api/users/" + id(owner), owner, "{}").status()).isEqualTo(400);
    assertThat(platform.get("/api/users/%00", owner).status()).isEqualTo(404);
  }

  private static void allowed(Role role, Scope scope, Answer answer, int status) {
    boolean may = Scope.cover(role.scopes(), List.of(scope));
    assertThat(answer.status()).as(role + " " + scope).isEqualTo(may ? status : 403);
  }

  private static String role(String name) {
    return "{\"role\": \"%s\"}".formatted(name);
  }

  private static String id(String token) throws Exception {
    return platform.get("/api/auth/me", token).body().path("id").asString();
  }

  private static String token(String user, String... scopes) throws Exception {
    return platform
        .post(
            "/api/tokens",
            user,
            "{\"name\": \"t\", \"scopes\": [\"%s\"]}".formatted(String.join("\", \"", scopes)))
        .body()
        .path("token")
        .asString();
  }

  private static String access(Answer login) {
    return login.body().path("access_token").asString();
  }
}
