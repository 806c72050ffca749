package io.crontopus.command.sso.provider;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says of itself at {@code /.well-known/openid-configuration}, asked for now and
 * then, by one thread at a time. While it does not answer, what it said last goes on counting, and
 * before it has ever answered it is left alone for some seconds.
 */
final class Discovery {

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration KEYS_FRESH = Duration.ofMinutes(10);

  /** How often tokens that name a key that nobody knows can make us ask for keys: twice in this. */
  private static final Duration KEYS_PAUSE = Duration.ofSeconds(30);

  /** A provider and everybody else who can read its public key share an HMAC: not among these. */
  private static final Set<JWSAlgorithm> SIGNATURES = JWSAlgorithm.Family.SIGNATURE;

  /** An issuer, with what verifies its tokens. */
  record Known(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

  private final URI issuer;
  private final ClientID client;
  private final ProviderHttp http;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Known known;
  private @Nullable String fault;
  private long askedAt;

  Discovery(URI issuer, ClientID client, ProviderHttp http) {
    this.issuer = issuer;
    this.client = client;
    this.http = http;
  }

  /**
   * What is known of the issuer.
   *
   * @throws SignInFailed when that is nothing
   */
  Known get() {
    asking.lock();
    try {
      Duration since = Duration.ofNanos(System.nanoTime() - askedAt);
      Known last = known;
      if (last != null && since.compareTo(fault == null ? FRESH : PAUSE) < 0) {
        return last;
      }
      if (last == null && fault != null && since.compareTo(PAUSE) < 0) {
        throw new SignInFailed(Reason.UNAVAILABLE, fault);
      }
      return ask(last);
    } finally {
      asking.unlock();
    }
  }

  private Known ask(@Nullable Known last) {
    try {
      OIDCProviderMetadata metadata =
          OIDCProviderMetadata.parse(
              http.get(URI.create(withoutSlash(issuer) + "/.well-known/openid-configuration")));
      Known now = learn(metadata, last);
      known = now;
      fault = null;
      return now;
    } catch (IOException | ParseException e) {
      fault = "discovery of " + issuer + ": " + e.getMessage();
      if (last == null) {
        throw new SignInFailed(Reason.UNAVAILABLE, fault);
      }
      return last;
    } finally {
      askedAt = System.nanoTime();
    }
  }

  private Known learn(OIDCProviderMetadata metadata, @Nullable Known last) throws IOException {
    if (!metadata.getIssuer().getValue().equals(issuer.toString())) {
      throw new IOException("says that it is " + metadata.getIssuer());
    }
    requireSafe(metadata.getAuthorizationEndpointURI(), "authorization_endpoint");
    requireSafe(metadata.getTokenEndpointURI(), "token_endpoint");
    URI keys = requireSafe(metadata.getJWKSetURI(), "jwks_uri");
    boolean sameKeys =
        last != null
            && keys.equals(last.metadata().getJWKSetURI())
            && algorithms(metadata).equals(algorithms(last.metadata()));
    return new Known(
        metadata, sameKeys && last != null ? last.validator() : validator(metadata, keys));
  }

  private IDTokenValidator validator(OIDCProviderMetadata metadata, URI keys)
      throws MalformedURLException {
    var source =
        JWKSourceBuilder.<SecurityContext>create(keys.toURL(), http)
            .cache(KEYS_FRESH.toMillis(), JWKSourceBuilder.DEFAULT_CACHE_REFRESH_TIMEOUT)
            .refreshAheadCache(false)
            .rateLimited(KEYS_PAUSE.toMillis())
            .build();
    return new IDTokenValidator(
        new Issuer(issuer),
        client,
        new JWSVerificationKeySelector<>(algorithms(metadata), source),
        null);
  }

  private static Set<JWSAlgorithm> algorithms(OIDCProviderMetadata metadata) {
    List<JWSAlgorithm> said = metadata.getIDTokenJWSAlgs();
    if (said == null) {
      return Set.of(JWSAlgorithm.RS256);
    }
    Set<JWSAlgorithm> both = new HashSet<>(said);
    both.retainAll(SIGNATURES);
    return both.isEmpty() ? Set.of(JWSAlgorithm.RS256) : both;
  }

  private static URI requireSafe(@Nullable URI uri, String name) throws IOException {
    if (uri == null || !ProviderSettings.isSafe(uri)) {
      throw new IOException(name + " is no https address");
    }
    return uri;
  }

  private static String withoutSlash(URI uri) {
    return uri.toString().replaceFirst("/$", "");
  }
}
