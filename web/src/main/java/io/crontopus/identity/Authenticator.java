package io.crontopus.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a credential belongs to. Asks the database, so not for an event loop; what it found is
 * good for a second, which bounds both the load and the time until a revocation takes effect
 * everywhere. A credential in steady use is asked about again before its second is over, so that
 * its requests never wait for the database.
 */
public final class Authenticator {

  private static final Duration CACHED = Duration.ofSeconds(1);
  private static final Duration FRESH = CACHED.dividedBy(2);
  private static final Duration SHORTEST = CACHED.dividedBy(10);
  private static final int CACHED_CALLERS = 100_000;

  private final AccessTokens accessTokens;
  private final ApiTokenStore apiTokens;
  private final EndpointTokenStore endpointTokens;
  private final EnrollmentTokenStore enrollmentTokens;
  private final OperatorTokens operatorTokens;
  private final Clock clock;
  private final Cache<Key, Entry> recent =
      Caffeine.newBuilder()
          .expireAfter(Expiry.<Key, Entry>writing((_, entry) -> entry.left()))
          .maximumSize(CACHED_CALLERS)
          .build();

  public Authenticator(
      AccessTokens accessTokens,
      ApiTokenStore apiTokens,
      EndpointTokenStore endpointTokens,
      EnrollmentTokenStore enrollmentTokens,
      OperatorTokens operatorTokens,
      Clock clock) {
    this.accessTokens = accessTokens;
    this.apiTokens = apiTokens;
    this.endpointTokens = endpointTokens;
    this.enrollmentTokens = enrollmentTokens;
    this.operatorTokens = operatorTokens;
    this.clock = clock;
  }

  /**
   * What is known of a credential.
   *
   * @param caller whose it is; null when it is none, or no longer
   */
  public record Answer(@Nullable Caller caller) {}

  /**
   * An answer that is known without asking the database.
   *
   * @param due whether the one who got this is to {@linkplain #refresh ask again}, beside its work
   */
  public record Recent(Answer answer, boolean due) {}

  /** The answer as far as it is known without asking the database. */
  public @Nullable Recent recent(String credential) {
    Entry entry = recent.getIfPresent(Key.of(credential));
    return entry == null ? null : new Recent(entry.answer, entry.isDue());
  }

  /** Whose credential this is. */
  public Answer authenticate(String credential) {
    return recent.get(Key.of(credential), _ -> ask(credential)).answer;
  }

  /** Asks again whose credential this is, whatever is known of it. */
  public Answer refresh(String credential) {
    Entry entry = ask(credential);
    recent.put(Key.of(credential), entry);
    return entry.answer;
  }

  private Entry ask(String credential) {
    long asked = System.nanoTime();
    return new Entry(new Answer(lookUp(credential).orElse(null)), asked);
  }

  private Optional<Caller> lookUp(String credential) {
    Optional<SecretToken.Kind> kind = SecretToken.kindOf(credential);
    if (kind.isEmpty()) {
      return credential.startsWith("ey") ? accessTokens.verify(credential) : Optional.empty();
    }
    return switch (kind.get()) {
      case API -> apiTokens.use(credential, clock.instant()).map(Authenticator::caller);
      case ENDPOINT -> endpointTokens.find(credential).map(Authenticator::caller);
      case ENROLLMENT ->
          enrollmentTokens.find(credential, clock.instant()).map(Authenticator::caller);
      case OPERATOR -> operatorTokens.find(credential);
      case REFRESH, INVITATION, DEVICE, PASSWORD_RESET, EMAIL_VERIFICATION, PING ->
          Optional.empty();
    };
  }

  /** A token can do no more than its user, whatever that one could do when it was made. */
  private static Caller caller(ApiTokenStore.Valid valid) {
    ApiToken token = valid.token();
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    token.scopes().forEach(name -> Scope.named(name).ifPresent(scopes::add));
    return new Caller(
        Caller.Kind.API_TOKEN,
        token.tenantId(),
        token.id(),
        Scope.allowedByBoth(scopes, valid.role().scopes()),
        List.of(),
        token.userId());
  }

  private static Caller caller(EndpointTokenStore.Owner owner) {
    return new Caller(
        Caller.Kind.ENDPOINT, owner.tenantId(), owner.endpointId(), Set.of(), List.of(), null);
  }

  private static Caller caller(EnrollmentToken token) {
    return new Caller(
        Caller.Kind.ENROLLMENT_TOKEN, token.tenantId(), token.id(), Set.of(), List.of(), null);
  }

  /** Credentials stay out of memory longer than needed: the cache knows their hashes. */
  private record Key(long first, long second, long third, long fourth) {

    static Key of(String credential) {
      ByteBuffer hash = ByteBuffer.wrap(SecretToken.hash(credential));
      return new Key(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }
  }

  private static final class Entry {
    private final Answer answer;
    private final long since;
    private final AtomicBoolean asked = new AtomicBoolean();

    /**
     * Its second begins before the database was asked: what it said may have been true until then.
     */
    Entry(Answer answer, long since) {
      this.answer = answer;
      this.since = since;
    }

    /** Never nothing at all: a database that is slow already is not to be asked by each request. */
    Duration left() {
      Duration left = CACHED.minusNanos(System.nanoTime() - since);
      return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /** True once, to one asker. */
    boolean isDue() {
      return System.nanoTime() - since > FRESH.toNanos() && asked.compareAndSet(false, true);
    }
  }
}
