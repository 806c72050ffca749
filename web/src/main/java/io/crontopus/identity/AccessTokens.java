package io.crontopus.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The short-lived tokens of logged-in users: JWT, signed with ES256 by a key that all nodes share.
 */
public final class AccessTokens {

  /** How long one is valid. */
  public static final Duration VALIDITY = Duration.ofMinutes(15);

  private static final String ISSUER = "crontopus";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Map<String, ECKey> keys = new ConcurrentHashMap<>();
  private volatile @Nullable ECKey signingKey;

  public AccessTokens(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** A token that says who this is. */
  public String issue(User user) {
    try {
      ECKey key = signingKey();
      Instant now = clock.instant();
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(ISSUER)
                  .subject(user.id())
                  .claim("tenant", user.tenantId())
                  .claim("roles", user.roles())
                  .jwtID(UUID.randomUUID().toString())
                  .issueTime(Date.from(now))
                  .expirationTime(Date.from(now.plus(VALIDITY)))
                  .build());
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who this token says it is; empty when it is not ours, altered or expired. */
  public Optional<Caller> verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      ECKey key = key(jwt.getHeader().getKeyID());
      if (key == null || !jwt.verify(new ECDSAVerifier(key))) {
        return Optional.empty();
      }
      return caller(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
    Date expires = claims.getExpirationTime();
    String tenant = claims.getStringClaim("tenant");
    List<String> roles = claims.getStringListClaim("roles");
    if (!ISSUER.equals(claims.getIssuer())
        || expires == null
        || !clock.instant().isBefore(expires.toInstant())
        || tenant == null
        || roles == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Caller(
            Caller.Kind.USER,
            tenant,
            claims.getSubject(),
            Scope.all(),
            roles,
            claims.getSubject()));
  }

  private @Nullable ECKey key(@Nullable String keyId) {
    if (keyId == null) {
      return null;
    }
    ECKey known = keys.get(keyId);
    if (known == null) {
      load();
      known = keys.get(keyId);
    }
    return known;
  }

  private ECKey signingKey() throws JOSEException {
    ECKey key = signingKey;
    if (key == null) {
      load();
      key = signingKey != null ? signingKey : create();
    }
    return key;
  }

  private void load() {
    jdbc.sql("SELECT jwk FROM identity.signing_key ORDER BY created_at")
        .query((row, number) -> row.getString(1))
        .list()
        .forEach(
            jwk -> {
              try {
                ECKey key = ECKey.parse(jwk);
                keys.put(key.getKeyID(), key);
                signingKey = key;
              } catch (ParseException e) {
                throw new IllegalStateException("a signing key cannot be read", e);
              }
            });
  }

  /** Two nodes may each create one at first: both verify, the newer signs. */
  private ECKey create() throws JOSEException {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    jdbc.sql("INSERT INTO identity.signing_key (key_id, jwk, created_at) VALUES (?, ?, now())")
        .params(key.getKeyID(), key.toJSONString())
        .update();
    load();
    return key;
  }
}
