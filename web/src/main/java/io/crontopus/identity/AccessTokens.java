package io.crontopus.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The short-lived tokens of logged-in users: JWT, signed with ES256. What a token says is compared
 * with the database when it is verified: it counts only while its session goes on and its user has
 * the role that it names.
 */
public final class AccessTokens {

  /** How long one is valid. */
  public static final Duration VALIDITY = Duration.ofMinutes(15);

  private static final String ISSUER = "crontopus";
  private static final String TENANT = "tenant";
  private static final String ROLES = "roles";
  private static final String SESSION = "sid";

  private final SigningKeys keys;
  private final SessionStore sessions;
  private final Clock clock;

  public AccessTokens(SigningKeys keys, SessionStore sessions, Clock clock) {
    this.keys = keys;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** A token that says who this is, for this session. */
  public String issue(User user, String sessionId) {
    try {
      ECKey key = keys.signingKey();
      Instant now = clock.instant();
      SignedJWT jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
              new JWTClaimsSet.Builder()
                  .issuer(ISSUER)
                  .subject(user.id())
                  .claim(TENANT, user.tenantId())
                  .claim(ROLES, List.of(user.role().wireName()))
                  .claim(SESSION, sessionId)
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

  /**
   * Who this token belongs to; empty when it is not ours, altered, expired, or no longer true.
   * Whatever a stranger made up is found out before the database is asked.
   */
  public Optional<Caller> verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String keyId = jwt.getHeader().getKeyID();
      if (keyId == null || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())) {
        return Optional.empty();
      }
      ECKey key = keys.verifying(keyId);
      if (key == null || !jwt.verify(new ECDSAVerifier(key))) {
        return Optional.empty();
      }
      return caller(jwt.getJWTClaimsSet(), keyId);
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(JWTClaimsSet claims, String keyId) throws ParseException {
    Instant now = clock.instant();
    @Nullable Date expires = claims.getExpirationTime();
    @Nullable String user = claims.getSubject();
    @Nullable String session = claims.getStringClaim(SESSION);
    if (!ISSUER.equals(claims.getIssuer())
        || expires == null
        || !now.isBefore(expires.toInstant())
        || user == null
        || session == null) {
      return Optional.empty();
    }
    @Nullable String tenant = claims.getStringClaim(TENANT);
    @Nullable List<String> roles = claims.getStringListClaim(ROLES);
    return sessions
        .holder(session, user, keyId, now)
        .filter(holder -> holder.tenantId().equals(tenant))
        .filter(holder -> List.of(holder.role().wireName()).equals(roles))
        .map(holder -> caller(holder, session));
  }

  private static Caller caller(SessionStore.Holder holder, String session) {
    return new Caller(
        Caller.Kind.USER,
        holder.tenantId(),
        holder.userId(),
        holder.role().scopes(),
        List.of(holder.role().wireName()),
        holder.userId(),
        session);
  }
}
