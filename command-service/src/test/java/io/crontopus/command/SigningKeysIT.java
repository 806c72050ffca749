package io.crontopus.command;

import static io.crontopus.command.TestPlatform.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.crontopus.identity.SecretToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that sign access tokens: published, changed by operators and by age, on two nodes. */
class SigningKeysIT {

  @TempDir static Path folder;
  private static TestPlatform platform;
  private static TestPlatform other;
  private static String operator;

  @BeforeAll
  static void start() throws Exception {
    operator = SecretToken.issue(SecretToken.Kind.OPERATOR);
    Files.writeString(folder.resolve("operators"), "ann " + operator + "\n");
    platform = TestPlatform.start(folder);
    other = platform.anotherNode();
    platform.owner("acme");
  }

  @AfterAll
  static void stop() throws Exception {
    other.stop();
    platform.close();
  }

  @Test
  void anybodyCanVerifyWithThePublishedKeysAndSignWithNone() throws Exception {
    String token = accessToken(platform);
    JWKSet keys = JWKSet.parse(platform.get("/.well-known/jwks.json", null).body().toString());
    String keyId = Jwt.header(token).path("kid").asString();
    assertThat(
            SignedJWT.parse(token).verify(new ECDSAVerifier(keys.getKeyByKeyId(keyId).toECKey())))
        .isTrue();
    assertThat(keys.getKeys()).noneMatch(key -> key.isPrivate());
  }

  @Test
  void afterARotationFormerTokensGoOnUntilTheyExpire() throws Exception {
    String former = accessToken(platform);
    String keyId = rotate("{\"reason\": \"as every spring\"}");

    assertThat(Jwt.header(accessToken(platform)).path("kid").asString()).isEqualTo(keyId);
    String fromOther = accessToken(other);
    assertThat(Jwt.header(fromOther).path("kid").asString()).isEqualTo(keyId);
    assertThat(status(platform, fromOther)).isEqualTo(200);
    assertThat(status(platform, former)).isEqualTo(200);
    assertThat(status(other, former)).isEqualTo(200);
    assertThat(
            platform
                .jdbc()
                .sql("SELECT jwk FROM identity.signing_key WHERE verifies_until IS NOT NULL")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(jwk -> String.valueOf(jwk).contains("\"d\":"));
    assertThat(platform.events("login.signing-key-rotated"))
        .anyMatch(
            event ->
                event.path("keyId").asString().equals(keyId)
                    && event.path("reason").asString().equals("as every spring"));
  }

  @Test
  void aStolenKeyIsWorthNothingAtOnce() throws Exception {
    String former = accessToken(platform);
    assertThat(status(other, former)).isEqualTo(200);
    rotate("{\"reason\": \"stolen\", \"at_once\": true}");
    for (TestPlatform node : new TestPlatform[] {platform, other}) {
      await()
          .atMost(Duration.ofMillis(1_500))
          .untilAsserted(() -> assertThat(status(node, former)).isEqualTo(401));
    }
    assertThat(status(other, accessToken(platform))).isEqualTo(200);
  }

  @Test
  void anOldKeyIsReplacedByItself() throws Exception {
    String before = Jwt.header(accessToken(platform)).path("kid").asString();
    platform
        .jdbc()
        .sql("UPDATE identity.signing_key SET created_at = created_at - interval '91 days'")
        .update();
    String after = Jwt.header(accessToken(other)).path("kid").asString();
    assertThat(after).isNotEqualTo(before);
    assertThat(platform.events("login.signing-key-rotated"))
        .anyMatch(
            event ->
                event.path("keyId").asString().equals(after)
                    && event.path("reason").asString().equals("age"));
  }

  @Test
  void onlyOperatorsRotate() throws Exception {
    assertThat(
            platform
                .post("/api/admin/signing-keys", accessToken(platform), "{\"reason\": \"x\"}")
                .status())
        .isEqualTo(403);
    assertThat(platform.post("/api/admin/signing-keys", null, "{}").status()).isEqualTo(401);
    assertThat(platform.post("/api/admin/signing-keys", operator, "{}").status()).isEqualTo(400);
  }

  private static String rotate(String body) throws Exception {
    TestPlatform.Answer answer = platform.post("/api/admin/signing-keys", operator, body);
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().path("key_id").asString();
  }

  private static String accessToken(TestPlatform node) throws Exception {
    return node.logIn("acme", PASSWORD).body().path("access_token").asString();
  }

  private static int status(TestPlatform node, String token) throws Exception {
    return node.get("/api/auth/me", token).status();
  }
}
