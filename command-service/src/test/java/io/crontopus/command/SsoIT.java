package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.SsoBrowser.Answer;
import io.crontopus.command.sso.SweepNow;
import io.crontopus.command.sso.TestProvider;
import io.crontopus.command.sso.TestProvider.Fault;
import io.crontopus.command.sso.TestProvider.Visitor;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Sign-in by providers over HTTP: who gets in, as whom, and who does not. */
class SsoIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  @TempDir static Path folder;
  private static TestProvider honest;
  private static TestProvider other;
  private static TestPlatform platform;
  private static TestPlatform strict;
  private static String owner;
  private SsoBrowser browser;

  @BeforeAll
  static void start() throws Exception {
    honest = new TestProvider();
    other = new TestProvider();
    platform = TestPlatform.start(folder, settings());
    owner = platform.owner("acme");
    Map<String, Object> only = settings();
    only.put("crontopus.sso.only", "true");
    only.put("crontopus.sso.break-glass", "Glass");
    strict = platform.anotherNode(only);
  }

  private static Map<String, Object> settings() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), TestProvider.SECRET + "\n");
    Map<String, Object> settings = new HashMap<>();
    settings.put("crontopus.sso.timeout", TIMEOUT.toMillis() + "ms");
    provider(settings, secret, "house", Map.of("issuer", honest.issuer(), "display-name", "House"));
    provider(settings, secret, "other", Map.of("issuer", other.issuer()));
    provider(settings, secret, "down", Map.of("issuer", "http://127.0.0.1:1"));
    provider(settings, secret, "liar", Map.of("issuer", honest.issuer() + "/"));
    provider(
        settings,
        secret,
        "staff",
        Map.of("issuer", honest.issuer(), "email-domains", "Staff.example, example.com"));
    provider(
        settings, secret, "directory", Map.of("issuer", honest.issuer(), "trust-email", "true"));
    provider(settings, secret, "gee", Map.of("preset", "google", "issuer", honest.issuer()));
    provider(
        settings,
        secret,
        "hub",
        Map.of(
            "preset", "github", "web-url", honest.issuer(), "api-url", honest.issuer() + "/api"));
    return settings;
  }

  private static void provider(
      Map<String, Object> settings, Path secret, String id, Map<String, String> more) {
    String prefix = "crontopus.sso.providers." + id + ".";
    settings.put(prefix + "client-id", TestProvider.CLIENT);
    settings.put(prefix + "client-secret-file", secret.toString());
    more.forEach((name, value) -> settings.put(prefix + name, value));
  }

  @AfterAll
  static void stop() throws Exception {
    strict.stop();
    platform.close();
    honest.close();
    other.close();
  }

  @BeforeEach
  void well() {
    browser = new SsoBrowser(platform);
    honest.answer(Fault.NONE);
    other.answer(Fault.NONE);
  }

  // --- who gets in -------------------------------------------------------------------------------

  @Test
  void whoIsInvitedJoinsAndSignsInFromThenOn() throws Exception {
    String invitation = invite("ines@example.org", "operator");
    honest.expect(new Visitor("s-ines", "Ines@example.org", true));

    String code = browser.codeOf("house");
    Answer asked = browser.exchange(code);
    assertThat(asked.state()).isEqualTo("invited");
    assertThat(asked.body().path("access_token").isNull()).isTrue();
    assertThat(asked.body().at("/invitations/0/tenant_id").asString()).isEqualTo("acme");
    assertThat(asked.body().at("/invitations/0/id").asString()).isEqualTo(invitation);
    assertThat(join(code, invitation, "No!").status()).isEqualTo(400);
    assertThat(join(code, invitation, "acme").status()).isEqualTo(409);

    Answer joined = join(code, invitation, "ines");
    assertThat(joined.state()).isEqualTo("signed-in");
    JsonNode me = platform.get("/api/auth/me", token(joined)).body();
    assertThat(me.path("username").asString()).isEqualTo("ines");
    assertThat(me.path("tenant_id").asString()).isEqualTo("acme");
    assertThat(me.path("roles").path(0).asString()).isEqualTo("operator");

    Answer again = new SsoBrowser(platform).enter("house");
    assertThat(again.state()).isEqualTo("signed-in");
    assertThat(again.body().path("return_to").asString()).isEqualTo("/");
    String refresh = again.body().path("refresh_token").asString();
    assertThat(
            platform
                .post("/api/auth/refresh", null, "{\"refresh_token\": \"%s\"}".formatted(refresh))
                .status())
        .isEqualTo(200);
    String user = me.path("id").asString();
    assertThat(ofUser("login.by-provider", user)).hasSize(2);
    assertThat(ofUser("login.succeeded", user)).hasSize(2);
    assertThat(ofUser("login.provider-linked", user))
        .singleElement()
        .satisfies(linked -> assertThat(linked.path("consent").asString()).isEqualTo("invitation"));
    assertThat(platform.logIn("ines", "").status()).isEqualTo(400);
    assertThat(platform.logIn("ines", "!").status()).isEqualTo(401);
  }

  @Test
  void anExistingUserAgreesWithThePassword() throws Exception {
    platform.owner("petra");
    verify("petra");
    honest.expect(new Visitor("s-petra", "petra@example.org", true));
    String code = browser.codeOf("house");
    assertThat(browser.exchange(code).state()).isEqualTo("confirm");
    assertThat(link(code, "", null).status()).isEqualTo(400);
    assertThat(link(code, "not the one", null).status()).isEqualTo(401);
    assertThat(new SsoBrowser(platform).enter("house").state()).isEqualTo("confirm");

    Answer linked = link(code, PASSWORD, null);
    assertThat(linked.state()).isEqualTo("signed-in");
    assertThat(platform.get("/api/auth/me", token(linked)).body().path("username").asString())
        .isEqualTo("petra");
    assertThat(new SsoBrowser(platform).enter("house").state()).isEqualTo("signed-in");
    assertThat(platform.logIn("petra", PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aCodeIsGoodForFivePasswords() throws Exception {
    platform.owner("guessed");
    verify("guessed");
    honest.expect(new Visitor("s-guesser", "guessed@example.org", true));
    String code = browser.codeOf("house");
    for (int i = 0; i < 5; i++) {
      assertThat(link(code, "guess " + i, null).status()).isEqualTo(401);
    }
    assertThat(link(code, PASSWORD, null).code()).isEqualTo("sign-in-over");
    await().untilAsserted(() -> assertThat(platform.events("login.failed")).isNotEmpty());
  }

  @Test
  void anExistingUserAgreesFromASessionOfTheirOwn() throws Exception {
    String sessionOf = platform.owner("selma");
    verify("selma");
    honest.expect(new Visitor("s-selma", "selma@example.org", true));
    String code = browser.codeOf("house");
    assertThat(link(code, "", owner).status()).isEqualTo(403);
    String apiToken = apiToken(sessionOf);
    assertThat(link(code, "", apiToken).status()).isEqualTo(400);
    assertThat(link(code, "", sessionOf).state()).isEqualTo("linked");
    assertThat(link(code, "", sessionOf).code()).isEqualTo("sign-in-over");
    assertThat(new SsoBrowser(platform).enter("house").state()).isEqualTo("signed-in");
  }

  @Test
  void anAddressCountsOnlyWhereBothSidesHaveVerifiedIt() throws Exception {
    platform.owner("vera");
    honest.expect(new Visitor("s-vera", "vera@example.org", true));
    // Whoever has registered with somebody's address keeps them from nothing.
    assertThat(browser.enter("house").state()).isEqualTo("new");
    assertThat(link(browser.codeOf("house"), PASSWORD, null).code())
        .isEqualTo("email-not-verified-here");

    verify("vera");
    honest.expect(new Visitor("s-vera", "vera@example.org", false));
    assertThat(browser.enter("house").code()).isEqualTo("email-not-verified");
    assertThat(link(browser.codeOf("house"), PASSWORD, null).code()).isEqualTo("nobody-to-link");
    honest.expect(new Visitor("s-vera", null, true));
    assertThat(browser.enter("house").code()).isEqualTo("email-not-verified");

    honest.expect(new Visitor("s-vera", "vera@example.org", false));
    assertThat(browser.enter("directory").state()).isEqualTo("confirm");
  }

  @Test
  void aStrangerBeginsATenantOnlyByAskingForIt() throws Exception {
    honest.expect(new Visitor("s-nora", "nora@example.org", true));
    String code = browser.codeOf("house");
    assertThat(browser.exchange(code).state()).isEqualTo("new");
    assertThat(tenants()).doesNotContain("nora");
    Answer registered =
        browser.post(
            "register", "{\"code\": \"%s\", \"username\": \"nora\"}".formatted(code), null);
    assertThat(registered.state()).isEqualTo("signed-in");
    assertThat(tenants()).contains("nora");
    assertThat(
            browser
                .post("register", "{\"code\": \"%s\", \"username\": \"x\"}".formatted(code), null)
                .code())
        .isEqualTo("sign-in-over");
  }

  @Test
  void anInvitationToAnotherAddressIsNoInvitation() throws Exception {
    String invitation = invite("someone@example.org", "viewer");
    honest.expect(new Visitor("s-else", "else@example.org", true));
    String code = browser.codeOf("house");
    assertThat(browser.exchange(code).body().path("invitations").size()).isZero();
    assertThat(join(code, invitation, "else").status()).isEqualTo(404);
  }

  @Test
  void githubIsAskedForTheVerifiedPrimaryAddress() throws Exception {
    String invitation = invite("gita@example.org", "viewer");
    honest.expect(new Visitor("4711", "gita@example.org", false));
    assertThat(browser.enter("hub").code()).isEqualTo("email-not-verified");
    honest.expect(new Visitor("4711", "gita@example.org", true));
    String code = browser.codeOf("hub");
    assertThat(join(code, invitation, "gita").state()).isEqualTo("signed-in");
    assertThat(browser.enter("hub").state()).isEqualTo("signed-in");
    // The same words of another provider are somebody else.
    assertThat(browser.enter("house").state()).isEqualTo("confirm");
  }

  @Test
  void googleVouchesForItsOwnAddresses() throws Exception {
    honest.expect(new Visitor("s-gee", "gee@example.org", true));
    assertThat(browser.enter("gee").code()).isEqualTo("email-not-verified");
    honest.expect(new Visitor("s-gee", "gee@gmail.com", true));
    assertThat(browser.enter("gee").state()).isEqualTo("new");
  }

  @Test
  void onlyVerifiedAddressesOfTheDomainsMayCome() throws Exception {
    honest.expect(new Visitor("s-d", "dora@staff.example", true));
    assertThat(browser.enter("staff").state()).isEqualTo("new");
    for (String email :
        List.of("dora@example.org", "dora@sub.staff.example", "dora@x.example.com")) {
      honest.expect(new Visitor("s-d", email, true));
      assertThat(browser.signIn("staff")).isEqualTo("problem=not-allowed");
    }
    honest.expect(new Visitor("s-d", "dora@staff.example", false));
    assertThat(browser.signIn("staff")).isEqualTo("problem=not-allowed");
  }

  @Test
  void theWaysToSignInAreToldToEverybody() throws Exception {
    JsonNode ways = platform.get("/api/auth/sso", null).body();
    assertThat(ways.path("only").asBoolean()).isFalse();
    assertThat(ways.path("providers").valueStream().map(one -> one.path("name").asString()))
        .contains("House", "GitHub", "other");
    assertThat(ways.toString()).doesNotContain(TestProvider.SECRET);
    assertThat(platform.get("/api/auth/sso/nobody/start", null).status()).isEqualTo(404);
    assertThat(platform.get("/api/auth/sso/nobody/callback?code=x", null).status()).isEqualTo(404);
  }

  // --- who does not ------------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(
      names = {
        "WRONG_NONCE",
        "EXPIRED",
        "FOREIGN_KEY",
        "UNSIGNED",
        "HMAC",
        "FOREIGN_ISSUER",
        "FOREIGN_AUDIENCE",
        "NO_ID_TOKEN"
      })
  void anIdentityTokenThatProvesNothingLetsNobodyIn(Fault fault) throws Exception {
    honest.expect(new Visitor("s-x", "x@example.org", true));
    honest.answer(fault);
    assertThat(browser.signIn("house")).isEqualTo("problem=refused");
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "HUGE", "GARBAGE", "REDIRECT"})
  void aProviderThatAnswersBadlyIsSoonGivenUp(Fault fault) throws Exception {
    honest.expect(new Visitor("s-x", "x@example.org", true));
    honest.answer(fault);
    Instant before = Instant.now();
    assertThat(browser.signIn("house")).isEqualTo("problem=provider-unavailable");
    assertThat(Duration.between(before, Instant.now())).isLessThan(TIMEOUT.multipliedBy(4));
  }

  @Test
  void aProviderThatIsDownKeepsNobodyElseWaiting() throws Exception {
    honest.expect(new Visitor("s-x", "x@example.org", true));
    honest.answer(Fault.SLOW);
    List<CompletableFuture<String>> waiting =
        List.of(1, 2, 3).stream()
            .map(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return new SsoBrowser(platform).signIn("house");
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                        }))
            .toList();
    assertThat(browser.start("down").getFragment()).isEqualTo("problem=provider-unavailable");
    assertThat(platform.get("/api/auth/me", owner).status()).isEqualTo(200);
    assertThat(waiting)
        .allSatisfy(one -> assertThat(one.join()).isEqualTo("problem=provider-unavailable"));
  }

  @Test
  void anIssuerThatSaysItIsAnotherOneIsNotBelieved() throws Exception {
    assertThat(browser.start("liar").getFragment()).isEqualTo("problem=provider-unavailable");
  }

  @Test
  void anAnswerCountsOnceAndWithItsOwnState() throws Exception {
    honest.expect(new Visitor("s-o", "once@example.org", true));
    URI callback = browser.visit(browser.start("house"));
    URI forged =
        URI.create(callback.toString().replaceFirst("state=[^&]*", "state=" + "A".repeat(43)));
    assertThat(browser.comeBack(forged)).isEqualTo("problem=stale");
    URI stateless = URI.create(callback.toString().replaceFirst("&?state=[^&]*", ""));
    assertThat(browser.comeBack(stateless)).isEqualTo("problem=stale");
    URI empty = URI.create("http://127.0.0.1/api/auth/sso/house/callback?state&code&iss=");
    assertThat(browser.comeBack(empty)).isEqualTo("problem=stale");
    assertThat(new SsoBrowser(platform).comeBack(empty)).isEqualTo("problem=stale");

    String code = SsoBrowser.codeIn(browser.comeBack(callback));
    assertThat(browser.comeBack(callback)).isEqualTo("problem=stale");
    assertThat(browser.exchange(code).state()).isEqualTo("new");
  }

  @Test
  void aStateLetsNobodyInWithACodeThatWasRedeemed() throws Exception {
    honest.expect(new Visitor("s-r", "replayed@example.org", true));
    URI callback = browser.visit(browser.start("house"));
    assertThat(browser.comeBack(callback)).startsWith("code=");
    String used = callback.getRawQuery().replaceFirst(".*?(code=[^&]*).*", "$1");
    URI next = browser.visit(browser.start("house"));
    URI replayed = URI.create(next.toString().replaceFirst("code=[^&]*", used));
    assertThat(browser.comeBack(replayed)).isEqualTo("problem=refused");
  }

  @Test
  void aCodeOfTheProviderIsOfNoUseToAnotherSignIn() throws Exception {
    honest.expect(new Visitor("s-victim", "victim@example.org", true));
    URI victims = browser.visit(browser.start("house"));
    String stolen = victims.getRawQuery().replaceFirst(".*?(code=[^&]*).*", "$1");
    SsoBrowser mallory = new SsoBrowser(platform);
    URI own = mallory.visit(mallory.start("house"));
    URI injected = URI.create(own.toString().replaceFirst("code=[^&]*", stolen));
    assertThat(mallory.comeBack(injected)).isEqualTo("problem=refused");
  }

  @Test
  void nobodyIsSignedInAsSomebodyElse() throws Exception {
    honest.expect(new Visitor("s-mallory", "mallory@example.org", true));
    SsoBrowser mallory = new SsoBrowser(platform);
    URI mallorys = mallory.visit(mallory.start("house"));
    assertThat(browser.comeBack(mallorys)).isEqualTo("problem=stale");
    browser.start("house");
    assertThat(browser.comeBack(mallorys)).isEqualTo("problem=stale");

    String code = SsoBrowser.codeIn(mallory.comeBack(mallorys));
    assertThat(browser.exchange(code).code()).isEqualTo("sign-in-over");
    assertThat(new SsoBrowser(platform).exchange(code).code()).isEqualTo("sign-in-over");
    assertThat(mallory.exchange(code).state()).isEqualTo("new");
  }

  @Test
  void anAnswerOfOneProviderIsNotAnothers() throws Exception {
    honest.expect(new Visitor("s-m", "mixed@example.org", true));
    URI callback = browser.visit(browser.start("house"));
    assertThat(browser.comeBack(URI.create(callback.toString().replace("/house/", "/other/"))))
        .isEqualTo("problem=stale");

    callback = browser.visit(browser.start("house"));
    String said = callback.toString().replaceFirst("iss=[^&]*", "iss=" + other.issuer());
    assertThat(browser.comeBack(URI.create(said))).isEqualTo("problem=refused");

    callback = browser.visit(browser.start("house"));
    String silent = callback.toString().replaceFirst("&iss=[^&]*", "");
    assertThat(browser.comeBack(URI.create(silent))).isEqualTo("problem=refused");

    callback = browser.visit(browser.start("house"));
    assertThat(browser.comeBack(URI.create(callback + "&code=x"))).isEqualTo("problem=refused");

    callback = browser.visit(browser.start("house"));
    String codeless = callback.toString().replaceFirst("code=[^&]*", "code");
    assertThat(browser.comeBack(URI.create(codeless))).isEqualTo("problem=refused");
  }

  @Test
  void whoSaysNoAtTheProviderIsToldSo() throws Exception {
    URI callback = browser.visit(browser.start("house"));
    String denied = callback.toString().replaceFirst("code=[^&]*", "error=access_denied");
    assertThat(browser.comeBack(URI.create(denied))).isEqualTo("problem=cancelled");
  }

  @Test
  void aSignInIsOverAfterTenMinutes() throws Exception {
    honest.expect(new Visitor("s-late", "late@example.org", true));
    URI callback = browser.visit(browser.start("house"));
    expire();
    assertThat(browser.comeBack(callback)).isEqualTo("problem=stale");
    String code = browser.codeOf("house");
    expire();
    assertThat(browser.exchange(code).code()).isEqualTo("sign-in-over");
    SweepNow.with(platform.bean(SweepNow.PART));
    assertThat(texts("SELECT email FROM identity.sso_attempt")).doesNotContain("late@example.org");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/",
        "//evil.example/",
        "/%5Cevil.example",
        "%5C%5Cevil.example",
        "/%09/evil.example",
        "/%0D%0ALocation:%20x",
        "javascript:alert(1)",
        "jobs",
        "/%2F/evil.example"
      })
  void nobodyIsSentElsewhere(String path) throws Exception {
    assertThat(platform.get("/api/auth/sso/house/start?return_to=" + path, null).status())
        .isEqualTo(400);
  }

  @Test
  void somebodyGoesOnWhereTheyWantedTo() throws Exception {
    honest.expect(new Visitor("s-go", "go@example.org", true));
    URI provider = browser.start("house", "?return_to=/jobs%3Fstatus%3Ddown%23top");
    Answer answer = browser.exchange(SsoBrowser.codeIn(browser.comeBack(browser.visit(provider))));
    assertThat(answer.body().path("return_to").asString()).isEqualTo("/jobs?status=down#top");
  }

  @Test
  void aNewKeyIsFetchedAndMadeUpOnesAreNot() throws Exception {
    other.expect(new Visitor("s-k", "keys@example.org", true));
    assertThat(browser.signIn("other")).startsWith("code=");
    other.rotateKey();
    assertThat(browser.signIn("other")).startsWith("code=");
    int before = other.keyRequests();
    for (int i = 0; i < 6; i++) {
      other.rotateKey();
      String _ = browser.signIn("other");
    }
    assertThat(other.keyRequests() - before).isLessThanOrEqualTo(2);
  }

  // --- what is linked ----------------------------------------------------------------------------

  @Test
  void aLinkIsSeenAndTakenAway() throws Exception {
    String invitation = invite("uma@example.org", "operator");
    honest.expect(new Visitor("s-uma", "uma@example.org", true));
    String uma = token(join(browser.codeOf("house"), invitation, "uma"));
    String id = platform.get("/api/auth/me", uma).body().path("id").asString();
    String path = "/api/users/" + id + "/sso";
    JsonNode shown = platform.get(path, uma).body().path("identities");
    assertThat(shown.size()).isOne();
    assertThat(shown.path(0).path("provider").asString()).isEqualTo("house");
    assertThat(shown.path(0).path("last_used_at").isNull()).isFalse();

    String stranger = platform.owner("elsewhere");
    assertThat(platform.get(path, stranger).status()).isEqualTo(404);
    assertThat(platform.delete(path + "/house", stranger).status()).isEqualTo(404);
    assertThat(platform.get(path, apiToken(uma, "read:runs")).status()).isEqualTo(403);
    assertThat(platform.delete(path + "/house", apiToken(uma, "read:runs")).status())
        .isEqualTo(403);
    String viewer = access(platform.member(owner, "viewer", "viewer"));
    assertThat(platform.delete(path + "/house", viewer).status()).isEqualTo(403);

    assertThat(platform.delete(path + "/house", uma).body().path("code").asString())
        .isEqualTo("last-way-in");
    assertThat(platform.delete(path + "/other", owner).status()).isEqualTo(404);
    assertThat(platform.delete(path + "/house", owner).status()).isEqualTo(204);
    assertThat(ofUser("login.provider-unlinked", id)).hasSize(1);
    assertThat(ofUser("login.sessions-ended", id))
        .singleElement()
        .satisfies(
            ended -> assertThat(ended.path("reason").asString()).isEqualTo("provider-unlinked"));
    assertThat(browser.enter("house").state()).isEqualTo("confirm");
  }

  @Test
  void anAdminDoesNotUnlinkAnOwner() throws Exception {
    String boss = platform.owner("boss");
    verify("boss");
    honest.expect(new Visitor("s-boss", "boss@example.org", true));
    assertThat(link(browser.codeOf("house"), "", boss).state()).isEqualTo("linked");
    String admin = access(platform.member(boss, "deputy-of-boss", "admin"));
    String path =
        "/api/users/" + platform.get("/api/auth/me", boss).body().path("id").asString() + "/sso";
    assertThat(platform.get(path, admin).body().path("identities").size()).isOne();
    assertThat(platform.delete(path + "/house", admin).status()).isEqualTo(403);
    assertThat(platform.delete(path + "/house", boss).status()).isEqualTo(204);
    assertThat(platform.get("/api/auth/me", boss).status()).isEqualTo(200);
  }

  @Test
  void anAccountIsOneUsersAndAUserHasOneAtAProvider() throws Exception {
    String one = platform.owner("taken");
    verify("taken");
    honest.expect(new Visitor("s-taken", "taken@example.org", true));
    assertThat(link(browser.codeOf("house"), "", one).state()).isEqualTo("linked");
    honest.expect(new Visitor("s-second", "taken@example.org", true));
    Answer second = link(browser.codeOf("house"), "", one);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("already-linked");
  }

  @Test
  void aRemovedUserIsAStrangerAgain() throws Exception {
    String invitation = invite("rita@example.org", "viewer");
    honest.expect(new Visitor("s-rita", "rita@example.org", true));
    String rita = token(join(browser.codeOf("house"), invitation, "rita"));
    String id = platform.get("/api/auth/me", rita).body().path("id").asString();
    assertThat(platform.delete("/api/users/" + id, owner).status()).isEqualTo(204);
    assertThat(browser.enter("house").state()).isEqualTo("new");
  }

  @Test
  void theLogAndTheTablesKeepNoSecret() throws Exception {
    String invitation = invite("zoe@example.org", "viewer");
    honest.expect(new Visitor("subject-of-zoe", "zoe@example.org", true));
    URI provider = browser.start("house");
    String state = provider.getRawQuery().replaceFirst(".*state=([^&]*).*", "$1");
    String code = SsoBrowser.codeIn(browser.comeBack(browser.visit(provider)));
    assertThat(texts("SELECT a::text FROM identity.sso_attempt a"))
        .isNotEmpty()
        .noneMatch(row -> row.contains(state) || row.contains(code));
    join(code, invitation, "zoe");
    assertThat(texts("SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event"))
        .isNotEmpty()
        .noneMatch(payload -> payload.contains("subject-of-zoe") || payload.contains("zoe@"));
  }

  // --- nothing but providers ---------------------------------------------------------------------

  @Test
  void whereProvidersAreTheOnlyWayPasswordsAreNone() throws Exception {
    String invitation = invite("only@example.org", "viewer");
    JsonNode session = platform.logIn("acme", PASSWORD).body();
    String apiToken = apiToken(session.path("access_token").asString());
    platform.owner("glass");
    assertThat(strict.get("/api/auth/sso", null).body().path("only").asBoolean()).isTrue();
    TestPlatform.Answer refused = strict.logIn("acme", PASSWORD);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body().path("code").asString()).isEqualTo("sso-only");
    assertThat(strict.logIn("acme@example.org", PASSWORD).status()).isEqualTo(403);
    assertThat(strict.logIn("glass", PASSWORD).status()).isEqualTo(200);
    assertThat(strict.logIn("glass", "wrong").status()).isEqualTo(401);
    for (String path :
        List.of(
            "/api/auth/register",
            "/api/auth/%72egister",
            "/api/auth/register;x=y",
            "/api/auth/accept-invitation",
            "/api/auth/password-reset",
            "/api/auth/password-reset/confirm")) {
      assertThat(strict.post(path, null, "{}").body().path("code").asString())
          .isEqualTo("sso-only");
    }
    assertThat(strict.get("/api/auth/me", apiToken).status()).isEqualTo(200);
    String refresh =
        "{\"refresh_token\": \"%s\"}".formatted(session.path("refresh_token").asString());
    assertThat(strict.post("/api/auth/refresh", null, refresh).status()).isEqualTo(200);
    honest.expect(new Visitor("s-only", "only@example.org", true));
    SsoBrowser there = new SsoBrowser(strict);
    String body =
        "{\"code\": \"%s\", \"invitation_id\": \"%s\", \"username\": \"only\"}"
            .formatted(there.codeOf("house"), invitation);
    assertThat(there.post("join", body, null).state()).isEqualTo("signed-in");
  }

  // -----------------------------------------------------------------------------------------------

  private Answer link(String code, String password, @Nullable String token) throws Exception {
    return browser.post(
        "link", "{\"code\": \"%s\", \"password\": \"%s\"}".formatted(code, password), token);
  }

  private Answer join(String code, String invitation, String username) throws Exception {
    return browser.post(
        "join",
        "{\"code\": \"%s\", \"invitation_id\": \"%s\", \"username\": \"%s\"}"
            .formatted(code, invitation, username),
        null);
  }

  private static String invite(String email, String role) throws Exception {
    return platform
        .post(
            "/api/invitations",
            owner,
            "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role))
        .body()
        .path("id")
        .asString();
  }

  private static String apiToken(String session) throws Exception {
    return apiToken(session, "admin:*");
  }

  private static String apiToken(String session, String scope) throws Exception {
    return platform
        .post("/api/tokens", session, "{\"name\": \"x\", \"scopes\": [\"%s\"]}".formatted(scope))
        .body()
        .path("token")
        .asString();
  }

  private static void verify(String username) {
    int changed =
        platform
            .jdbc()
            .sql("UPDATE identity.app_user SET email_verified_at = now() WHERE username = ?")
            .param(username)
            .update();
    assertThat(changed).isOne();
  }

  private static void expire() {
    platform.jdbc().sql("UPDATE identity.sso_attempt SET expires_at = now()").update();
  }

  private static List<String> tenants() {
    return texts("SELECT tenant_id FROM identity.tenant");
  }

  private static List<String> texts(String sql) {
    return platform.jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
  }

  private static List<JsonNode> ofUser(String event, String user) {
    return platform.events(event).stream()
        .filter(one -> one.path("userId").asString().equals(user))
        .toList();
  }

  private static String token(Answer answer) {
    return answer.body().path("access_token").asString();
  }

  private static String access(TestPlatform.Answer answer) {
    return answer.body().path("access_token").asString();
  }
}
