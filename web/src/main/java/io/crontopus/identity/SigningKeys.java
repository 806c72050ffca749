package io.crontopus.identity;

import static io.crontopus.identity.Rows.requiredInstant;
import static io.crontopus.identity.Rows.sqlTime;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys of access tokens, which all nodes share: one signs, those before it verify what they
 * have signed until that has expired. Asks the database whenever it signs, so that all nodes change
 * over at once, and otherwise now and then: not for an event loop.
 */
public final class SigningKeys {

  /** How often a key that nobody knows may make a node ask: strangers can send what they like. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** Beside the tokens' validity: clocks of nodes differ. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private static final long LOCK = 0x63746b657973L;

  /**
   * A key, with its private half only while it signs.
   *
   * @param verifiesUntil null for the key that signs
   */
  private record Key(ECKey jwk, Instant createdAt, @Nullable Instant verifiesUntil) {}

  private record Known(Map<String, Key> keys, @Nullable Key signing, long since) {}

  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile Known known = new Known(Map.of(), null, System.nanoTime() - PAUSE.toNanos());

  public SigningKeys(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** When the key was made that signs now; empty when there is none. */
  public Optional<Instant> signingSince() {
    return Optional.ofNullable(load().signing()).map(Key::createdAt);
  }

  /** The public keys whose tokens are taken, the one that signs first. */
  public List<ECKey> published() {
    Instant now = clock.instant();
    return load().keys().values().stream()
        .filter(key -> verifies(key, now))
        .sorted((one, other) -> other.createdAt().compareTo(one.createdAt()))
        .map(key -> key.jwk().toPublicJWK())
        .toList();
  }

  /**
   * Makes a new key that signs from now on; the private half of the one before is forgotten. To be
   * called in a transaction.
   *
   * @param unlessSince a key that was made since then is new enough; null to make one in any case
   * @param atOnce whether tokens of former keys are refused from now on
   * @return the new key's id; empty when there is a key that is new enough
   */
  public Optional<String> rotate(@Nullable Instant unlessSince, boolean atOnce) {
    jdbc.sql("SELECT pg_advisory_xact_lock(?)").param(LOCK).query((row, number) -> true).list();
    Key former = read().filter(key -> key.verifiesUntil() == null).findFirst().orElse(null);
    if (former != null && unlessSince != null && !former.createdAt().isBefore(unlessSince)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (former != null) {
      jdbc.sql("UPDATE identity.signing_key SET jwk = ?, verifies_until = ? WHERE key_id = ?")
          .params(
              former.jwk().toPublicJWK().toJSONString(),
              sqlTime(now.plus(AccessTokens.VALIDITY).plus(MARGIN)),
              former.jwk().getKeyID())
          .update();
    }
    if (atOnce) {
      jdbc.sql("UPDATE identity.signing_key SET verifies_until = ? WHERE verifies_until > ?")
          .params(sqlTime(now), sqlTime(now))
          .update();
    }
    jdbc.sql("DELETE FROM identity.signing_key WHERE verifies_until <= ?")
        .param(sqlTime(now))
        .update();
    ECKey made = generate();
    jdbc.sql("INSERT INTO identity.signing_key (key_id, jwk, created_at) VALUES (?, ?, ?)")
        .params(made.getKeyID(), made.toJSONString(), sqlTime(now))
        .update();
    return Optional.of(made.getKeyID());
  }

  /** The key to sign with. */
  ECKey signingKey() {
    Key key = load().signing();
    if (key == null) {
      throw new IllegalStateException("there is no key to sign with");
    }
    return key.jwk();
  }

  /** The key of this id, to verify with; null when there is none that counts. */
  @Nullable ECKey verifying(String keyId) {
    Known now = known;
    if (!now.keys().containsKey(keyId) && System.nanoTime() - now.since() >= PAUSE.toNanos()) {
      now = load();
    }
    Key key = now.keys().get(keyId);
    return key == null || !verifies(key, clock.instant()) ? null : key.jwk();
  }

  private static boolean verifies(Key key, Instant now) {
    return key.verifiesUntil() == null || key.verifiesUntil().isAfter(now);
  }

  private Known load() {
    long since = System.nanoTime();
    List<Key> keys = read().toList();
    Known loaded =
        new Known(
            keys.stream().collect(Collectors.toMap(key -> key.jwk().getKeyID(), key -> key)),
            keys.stream().filter(key -> key.verifiesUntil() == null).findFirst().orElse(null),
            since);
    known = loaded;
    return loaded;
  }

  private Stream<Key> read() {
    return jdbc
        .sql("SELECT jwk, created_at, verifies_until FROM identity.signing_key")
        .query(
            (row, number) ->
                new Key(
                    parsed(row.getString("jwk")),
                    requiredInstant(row, "created_at"),
                    Rows.instant(row, "verifies_until")))
        .list()
        .stream();
  }

  private static ECKey parsed(String jwk) {
    try {
      return ECKey.parse(jwk);
    } catch (ParseException e) {
      throw new IllegalStateException("a signing key cannot be read", e);
    }
  }

  private static ECKey generate() {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyID(UUID.randomUUID().toString())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
