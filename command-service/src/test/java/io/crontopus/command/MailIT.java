package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.crontopus.command.TestPlatform.Answer;
import io.crontopus.identity.SecretToken;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Letters over HTTP and SMTP: what causes them, what their links do, and that none is lost. */
class MailIT {

  private static final String NEW_PASSWORD = "a new and long one";
  private static final Pattern LINK =
      Pattern.compile("http://127\\.0\\.0\\.1/account/(\\S+)#(\\S+)");

  @TempDir static Path folder;
  private static int port;
  private static GreenMail mailServer;
  private static TestPlatform platform;
  private static String operator;

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    mailServer = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailServer.start();
    operator = SecretToken.issue(SecretToken.Kind.OPERATOR);
    Files.writeString(folder.resolve("operators"), "ann " + operator + "\n");
    platform = TestPlatform.start(folder, mail(port));
  }

  @AfterAll
  static void stop() throws Exception {
    platform.close();
    mailServer.stop();
  }

  private static Map<String, Object> mail(int port) {
    return Map.of(
        "crontopus.mail.host", "127.0.0.1",
        "crontopus.mail.port", port,
        "crontopus.mail.security", "plain",
        "crontopus.mail.from", "Crontopus <no-reply@example.org>",
        "crontopus.mail.retry", "100ms");
  }

  @Test
  void fromRegistrationToANewPassword() throws Exception {
    String token = platform.owner("ann");
    assertThat(me(token).path("email_verified").asBoolean()).isFalse();

    String code = code("ann@example.org", "Confirm your e-mail address");
    assertThat(post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(code)).status())
        .isEqualTo(204);

    assertThat(me(token).path("email_verified").asBoolean()).isTrue();
    assertThat(text(letter("ann@example.org", "Welcome to Crontopus"))).contains("Hello ann");
    Answer again = post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(code));
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.body().at("/errors/0/pointer").asString()).isEqualTo("/token");
    assertThat(platform.post("/api/auth/verify-email/resend", token, "").status()).isEqualTo(409);
    assertThat(of(token, "user.email-verified")).hasSize(1);

    assertThat(reset("ANN@example.org").status()).isEqualTo(202);
    String link = code("ann@example.org", "Choose a new password");
    Answer faults = confirm(link, "ann@example.org");
    assertThat(faults.body().at("/errors/0/pointer").asString()).isEqualTo("/password");
    assertThat(confirm(link, NEW_PASSWORD).status()).isEqualTo(204);

    await()
        .atMost(Duration.ofMillis(1_500))
        .untilAsserted(
            () -> assertThat(platform.get("/api/auth/me", token).status()).isEqualTo(401));
    assertThat(platform.logIn("ann", PASSWORD).status()).isEqualTo(401);
    String after = access(platform.logIn("ann", NEW_PASSWORD));
    assertThat(of(after, "login.password-reset-requested")).hasSize(1);
    assertThat(of(after, "login.password-reset")).hasSize(1);
    assertThat(of(after, "login.sessions-ended"))
        .singleElement()
        .satisfies(e -> assertThat(e.path("reason").asString()).isEqualTo("password-reset"));
    // Used, it is one that never was.
    assertThat(confirm(link, "yet another long one").body().at("/errors/0/pointer").asString())
        .isEqualTo("/token");
    assertThat(platform.logIn("ann", NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void whoeverIsNobodyGetsTheSameAnswerAndNoLetter() throws Exception {
    platform.owner("somebody");
    HttpResponse<String> known = resetRaw("somebody@example.org");
    HttpResponse<String> unknown = resetRaw("nobody-at-all@example.org");
    assertThat(unknown.statusCode()).isEqualTo(known.statusCode()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body()).isEmpty();
    assertThat(unknown.headers().map().keySet()).isEqualTo(known.headers().map().keySet());

    assertThat(letter("somebody@example.org", "Choose a new password")).isNotNull();
    assertThat(letters("nobody-at-all@example.org")).isEmpty();
    // A user name is no address.
    assertThat(reset("somebody").status()).isEqualTo(400);
  }

  @Test
  void oneAddressGetsThreeLettersAnHour() throws Exception {
    platform.owner("flooded");
    for (int i = 0; i < 5; i++) {
      assertThat(reset("flooded@example.org").status()).isEqualTo(202);
    }
    await().untilAsserted(() -> assertThat(resets("flooded@example.org")).hasSize(3));
    platform.owner("afterwards");
    assertThat(reset("afterwards@example.org").status()).isEqualTo(202);
    letter("afterwards@example.org", "Choose a new password");
    assertThat(resets("flooded@example.org")).hasSize(3);
  }

  @Test
  void oneClientAsksSomeTimesOnly() throws Exception {
    int status = 202;
    for (int i = 0; i < 10 && status == 202; i++) {
      HttpResponse<String> answer =
          raw(
              request("/api/auth/password-reset", "{\"email\": \"x%d@example.org\"}".formatted(i))
                  .header("X-Forwarded-For", "203.0.113.9"));
      status = answer.statusCode();
    }
    assertThat(status).isEqualTo(429);
  }

  @Test
  void aLinkIsOverAfterAnHourAndWhenThePasswordIsChanged() throws Exception {
    String token = platform.owner("late");
    reset("late@example.org");
    String old = code("late@example.org", "Choose a new password");
    platform
        .jdbc()
        .sql(
            "UPDATE identity.email_token SET expires_at = now() WHERE purpose = 'reset-password' AND email = 'late@example.org'")
        .update();
    assertThat(confirm(old, NEW_PASSWORD).status()).isEqualTo(400);

    reset("late@example.org");
    await().untilAsserted(() -> assertThat(resets("late@example.org")).hasSize(2));
    String second = codeOf(resets("late@example.org").getLast());
    assertThat(
            platform
                .post(
                    "/api/auth/password",
                    token,
                    "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(PASSWORD, NEW_PASSWORD))
                .status())
        .isEqualTo(204);
    assertThat(confirm(second, "yet another long one").status()).isEqualTo(400);
    assertThat(platform.logIn("late", NEW_PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void nothingUsableStaysInTheDatabase() throws Exception {
    platform.owner("hashed");
    String code = code("hashed@example.org", "Confirm your e-mail address");
    await().untilAsserted(() -> assertThat(waiting("hashed@example.org")).isZero());
    assertThat(
            platform
                .jdbc()
                .sql(
                    "SELECT token_hash FROM identity.email_token WHERE email = 'hashed@example.org'")
                .query(byte[].class)
                .single())
        .isEqualTo(SecretToken.hash(code));
    assertThat(
            platform
                .jdbc()
                .sql("SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event")
                .query(String.class)
                .list())
        .noneMatch(event -> event.contains(code) || event.contains("hashed@example.org"));
  }

  @Test
  void anAddressIsChangedByWhoReadsIt() throws Exception {
    String token = platform.owner("mover");
    verify(code("mover@example.org", "Confirm your e-mail address"));
    assertThat(change(token, "moved@example.org", "not the password").status()).isEqualTo(400);

    Answer asked = change(token, "moved@example.org", PASSWORD);
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.body().path("changed").asBoolean()).isFalse();
    assertThat(me(token).path("email").asString()).isEqualTo("mover@example.org");

    verify(code("moved@example.org", "Confirm your e-mail address"));
    assertThat(me(token).path("email").asString()).isEqualTo("moved@example.org");
    assertThat(me(token).path("email_verified").asBoolean()).isTrue();
    assertThat(text(letter("mover@example.org", "Your e-mail address was changed")))
        .contains("Hello mover");
    assertThat(of(token, "user.email-changed")).hasSize(1);
  }

  @Test
  void whoGetsTheirAccountBackDoesNotLoseItToALinkFromBefore() throws Exception {
    String token = platform.owner("victim");
    verify(code("victim@example.org", "Confirm your e-mail address"));
    change(token, "thief@example.org", PASSWORD);
    String thief = code("thief@example.org", "Confirm your e-mail address");

    reset("victim@example.org");
    assertThat(confirm(code("victim@example.org", "Choose a new password"), NEW_PASSWORD).status())
        .isEqualTo(204);

    assertThat(post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(thief)).status())
        .isEqualTo(400);
    assertThat(me(access(platform.logIn("victim", NEW_PASSWORD))).path("email").asString())
        .isEqualTo("victim@example.org");
  }

  @Test
  void somebodyElsesAddressIsNeitherToldNorTaken() throws Exception {
    platform.owner("first");
    verify(code("first@example.org", "Confirm your e-mail address"));
    String token = platform.owner("second");
    assertThat(change(token, "first@example.org", PASSWORD).status()).isEqualTo(202);
    await()
        .untilAsserted(
            () ->
                assertThat(subjects("first@example.org"))
                    .filteredOn(subject -> subject.startsWith("Confirm"))
                    .hasSize(2));
    String code = codeOf(lettersWith("first@example.org", "second"));
    Answer refused = post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(code));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body().path("code").asString()).isEqualTo("address-taken");
    assertThat(me(token).path("email").asString()).isEqualTo("second@example.org");
  }

  @Test
  void anAddressBelongsToWhoReadsItAndNotToWhoTypedItFirst() throws Exception {
    platform.owner("squatter");
    String token = platform.owner("rightful");
    assertThat(change(token, "squatter@example.org", PASSWORD).status()).isEqualTo(202);
    await().untilAsserted(() -> assertThat(subjects("squatter@example.org")).hasSizeGreaterThan(1));
    String early = codeOf(lettersWith("squatter@example.org", "Hello squatter"));
    reset("squatter@example.org");
    String reset = code("squatter@example.org", "Choose a new password");

    verify(codeOf(lettersWith("squatter@example.org", "Hello rightful")));

    assertThat(me(token).path("email").asString()).isEqualTo("squatter@example.org");
    assertThat(confirm(reset, NEW_PASSWORD).status()).isEqualTo(400);
    assertThat(post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(early)).status())
        .isEqualTo(409);
    String in = access(platform.logIn("squatter@example.org", PASSWORD));
    assertThat(me(in).path("username").asString()).isEqualTo("rightful");
  }

  @Test
  void anInvitationIsSentToWhomItIsFor() throws Exception {
    String owner = platform.owner("host");
    Answer made =
        platform.post(
            "/api/invitations", owner, "{\"email\": \"guest@example.org\", \"role\": \"viewer\"}");
    assertThat(made.body().path("mailed").asBoolean()).isTrue();

    MimeMessage invitation = letter("guest@example.org", "Invitation to host on Crontopus");
    assertThat(text(invitation)).contains("host invites you").contains("as viewer");
    assertThat(codeOf(invitation)).isEqualTo(made.body().path("token").asString());
    assertThat(
            post(
                    "/api/auth/accept-invitation",
                    "{\"token\": \"%s\", \"username\": \"guest\", \"password\": \"%s\"}"
                        .formatted(codeOf(invitation), PASSWORD))
                .status())
        .isEqualTo(201);
    letter("guest@example.org", "Confirm your e-mail address");
  }

  @Test
  void aTenantSendsSomeInvitationsADayOnly() throws Exception {
    String owner = platform.owner("spammer");
    invite(owner, "one@example.org");
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO identity.invitation
              (invitation_id, tenant_id, email, role, prefix, token_hash, invited_by, created_at, expires_at, mailed)
            SELECT 'many-' || n, tenant_id, email, role, prefix, sha256(n::text::bytea), invited_by, created_at,
              expires_at, true
            FROM identity.invitation, generate_series(1, 99) n WHERE email = 'one@example.org'
            """)
        .update();
    Answer above = invite(owner, "two@example.org");
    assertThat(above.status()).isEqualTo(201);
    assertThat(above.body().path("mailed").asBoolean()).isFalse();
    assertThat(above.body().path("token").asString()).startsWith("cti_");
  }

  @Test
  void lettersWaitForAServerThatIsAway() throws Exception {
    mailServer.stop();
    try {
      platform.owner("patient");
      await().untilAsserted(() -> assertThat(email(platform)).isEqualTo("failing"));
      assertThat(waiting("patient@example.org")).isOne();
    } finally {
      mailServer.start();
    }
    code("patient@example.org", "Confirm your e-mail address");
    await().untilAsserted(() -> assertThat(email(platform)).isEqualTo("on"));
    await().untilAsserted(() -> assertThat(waiting("patient@example.org")).isZero());
  }

  @Test
  void lettersOfANodeThatEndedAreSentByAnother() throws Exception {
    TestPlatform ending = platform.anotherNode(mail(freePort()));
    try {
      ending.owner("orphan");
    } finally {
      ending.stop();
    }
    platform.owner("waker");
    code("orphan@example.org", "Confirm your e-mail address");
  }

  @Test
  void aLetterThatWasSentButNotNotedIsSentAgainUnderItsId() throws Exception {
    platform
        .jdbc()
        .sql(
            """
            CREATE FUNCTION identity.fail() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'the node is gone'; END $$
            """)
        .update();
    platform
        .jdbc()
        .sql(
            """
            CREATE TRIGGER fail BEFORE DELETE ON identity.outbox FOR EACH ROW
            WHEN (old.recipient = 'twice@example.org') EXECUTE FUNCTION identity.fail()
            """)
        .update();
    platform.owner("twice");
    await().untilAsserted(() -> assertThat(letters("twice@example.org")).hasSizeGreaterThan(1));
    platform.jdbc().sql("DROP FUNCTION identity.fail() CASCADE").update();
    await().untilAsserted(() -> assertThat(waiting("twice@example.org")).isZero());
    assertThat(letters("twice@example.org"))
        .extracting(MimeMessage::getMessageID)
        .doesNotContainNull()
        .containsOnly(letters("twice@example.org").getFirst().getMessageID());
  }

  @Test
  void aLetterThatIsTooLateIsGivenUpAndCounted() throws Exception {
    platform
        .jdbc()
        .sql(
            """
            INSERT INTO identity.outbox (letter_id, kind, recipient, subject, body_text, body_html,
              queued_at, expires_at, next_attempt_at)
            VALUES ('late-1', 'late', 'late-1@example.org', 's', 't', 'h', now(), now(), now())
            """)
        .update();
    platform.owner("another-waker");
    await().untilAsserted(() -> assertThat(waiting("late-1@example.org")).isZero());
    assertThat(metrics()).contains("crontopus_mail_given_up_total{kind=\"late\"} 1.0");
    assertThat(letters("late-1@example.org")).isEmpty();
  }

  @Test
  void anAddressThatCannotBeOneIsGivenUpAtOnce() throws Exception {
    // The rules for addresses let through what mail servers do not.
    Answer registered =
        post(
            "/api/auth/register",
            "{\"username\": \"odd\", \"email\": \"a,b@example.org\", \"password\": \"%s\"}"
                .formatted(PASSWORD));
    assertThat(registered.status()).isEqualTo(201);
    await().untilAsserted(() -> assertThat(waiting("a,b@example.org")).isZero());
    assertThat(metrics()).contains("crontopus_mail_given_up_total{kind=\"verify-email\"}");
  }

  private static List<String> told(String name) {
    return platform
        .jdbc()
        .sql(
            "SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event WHERE payload_type = ?")
        .param(name)
        .query((row, _) -> row.getString(1))
        .list();
  }

  @Test
  void anOperatorSeesWhetherItWorks() throws Exception {
    String test = "/api/admin/mail/test";
    String to = "{\"to\": \"ops@example.org\"}";
    assertThat(platform.post(test, operator, to).status()).isEqualTo(204);
    assertThat(text(letter("ops@example.org", "A test letter of Crontopus"))).isNotEmpty();
    assertThat(platform.post(test, operator, "{}").status()).isEqualTo(400);
    assertThat(platform.post(test, operator, "{\"to\": \"x\"}").body().path("code").asString())
        .isEqualTo("mail-not-sent");
    assertThat(platform.post(test, null, to).status()).isEqualTo(401);
    assertThat(platform.post(test, platform.owner("curious"), to).status()).isEqualTo(403);
    assertThat(told("platform.test-letter-sent")).hasSize(2).noneMatch(it -> it.contains("ops@"));
  }

  @Test
  void linksThatAreLongOverAreForgottenWhoeverAsksForOneNext() throws Exception {
    platform.owner("gone");
    code("gone@example.org", "Confirm your e-mail address");
    platform
        .jdbc()
        .sql(
            "UPDATE identity.email_token SET expires_at = now() - interval '2 days' WHERE email = 'gone@example.org'")
        .update();

    assertThat(
            platform
                .post("/api/auth/password-reset", null, "{\"email\": \"somebody@example.org\"}")
                .status())
        .isEqualTo(202);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        platform
                            .jdbc()
                            .sql(
                                "SELECT count(*) FROM identity.email_token WHERE email = 'gone@example.org'")
                            .query(Long.class)
                            .single())
                    .isZero());
  }

  @Test
  void thePagesOfLinksLoadNothingFromElsewhere() throws Exception {
    for (String page : List.of("verify-email", "forgot-password", "reset-password", "join")) {
      HttpResponse<String> answer =
          raw(HttpRequest.newBuilder(URI.create(platform.url() + "/account/" + page + ".html")));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .startsWith("default-src 'none'; script-src 'self'");
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.body()).doesNotContain("http://").doesNotContain("https://");
    }
    assertThat(
            raw(HttpRequest.newBuilder(URI.create(platform.url() + "/account/account.js")))
                .statusCode())
        .isEqualTo(200);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String email(TestPlatform node) throws Exception {
    return node.get("/health", null).body().at("/parts/email").asString();
  }

  private static String metrics() throws Exception {
    return raw(HttpRequest.newBuilder(URI.create(platform.url() + "/metrics"))).body();
  }

  private static int waiting(String recipient) {
    return platform
        .jdbc()
        .sql("SELECT count(*) FROM identity.outbox WHERE recipient = ?")
        .param(recipient)
        .query(Integer.class)
        .single();
  }

  private static List<JsonNode> of(String token, String event) throws Exception {
    String user = me(token).path("id").asString();
    return platform.events(event).stream()
        .filter(payload -> payload.path("userId").asString().equals(user))
        .toList();
  }

  private static JsonNode me(String token) throws Exception {
    return platform.get("/api/auth/me", token).body();
  }

  private static String access(Answer login) {
    return login.body().path("access_token").asString();
  }

  private static Answer post(String path, String body) throws Exception {
    return platform.post(path, null, body);
  }

  private static Answer reset(String email) throws Exception {
    return post("/api/auth/password-reset", "{\"email\": \"%s\"}".formatted(email));
  }

  private static Answer confirm(String token, String password) throws Exception {
    return post(
        "/api/auth/password-reset/confirm",
        "{\"token\": \"%s\", \"password\": \"%s\"}".formatted(token, password));
  }

  private static void verify(String code) throws Exception {
    assertThat(post("/api/auth/verify-email", "{\"token\": \"%s\"}".formatted(code)).status())
        .isEqualTo(204);
  }

  private static Answer change(String token, String email, String password) throws Exception {
    return platform.post(
        "/api/auth/email",
        token,
        "{\"email\": \"%s\", \"password\": \"%s\"}".formatted(email, password));
  }

  private static Answer invite(String token, String email) throws Exception {
    return platform.post(
        "/api/invitations", token, "{\"email\": \"%s\", \"role\": \"viewer\"}".formatted(email));
  }

  private static HttpResponse<String> resetRaw(String email) throws Exception {
    return raw(request("/api/auth/password-reset", "{\"email\": \"%s\"}".formatted(email)));
  }

  private static HttpRequest.Builder request(String path, String body) {
    return HttpRequest.newBuilder(URI.create(platform.url() + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> raw(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static List<MimeMessage> letters(String recipient) {
    return Stream.of(mailServer.getReceivedMessages())
        .filter(message -> isTo(message, recipient))
        .toList();
  }

  private static boolean isTo(MimeMessage message, String recipient) {
    try {
      return message.getRecipients(Message.RecipientType.TO)[0].toString().equals(recipient);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> subjects(String recipient) throws MessagingException {
    List<String> subjects = new ArrayList<>();
    for (MimeMessage message : letters(recipient)) {
      subjects.add(message.getSubject());
    }
    return subjects;
  }

  private static List<MimeMessage> resets(String recipient) throws MessagingException {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage message : letters(recipient)) {
      if (message.getSubject().equals("Choose a new password")) {
        found.add(message);
      }
    }
    return found;
  }

  private static MimeMessage lettersWith(String recipient, String word) throws Exception {
    for (MimeMessage message : letters(recipient)) {
      if (text(message).contains(word)) {
        return message;
      }
    }
    throw new AssertionError("no letter to " + recipient + " has " + word);
  }

  /** The letter with this subject to this address, as soon as it is there. */
  private static MimeMessage letter(String recipient, String subject) throws Exception {
    await()
        .atMost(Duration.ofSeconds(8))
        .untilAsserted(() -> assertThat(subjects(recipient)).contains(subject));
    for (MimeMessage message : letters(recipient)) {
      if (message.getSubject().equals(subject)) {
        return message;
      }
    }
    throw new AssertionError(subject);
  }

  private static String code(String recipient, String subject) throws Exception {
    return codeOf(letter(recipient, subject));
  }

  private static String codeOf(MimeMessage message) throws Exception {
    Matcher link = LINK.matcher(text(message));
    assertThat(link.find()).isTrue();
    return link.group(2);
  }

  private static String text(MimeMessage message) throws Exception {
    BodyPart text = ((Multipart) message.getContent()).getBodyPart(0);
    return text.getContent().toString();
  }
}
