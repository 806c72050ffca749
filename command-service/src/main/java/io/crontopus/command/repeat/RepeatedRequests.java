package io.crontopus.command.repeat;

import io.crontopus.command.repeat.RepeatedRequestStore.Known;
import io.crontopus.command.repeat.RepeatedRequestStore.Place;
import io.crontopus.identity.Caller;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Carries out a request once, however often it comes with the same {@code Idempotency-Key} within a
 * day. The key is stored in the transaction of what the request does: neither is there without the
 * other. A request that was refused leaves no key and may come again. Not for an event loop.
 */
public final class RepeatedRequests implements AutoCloseable {

  /** The header with the key. */
  public static final String HEADER = "Idempotency-Key";

  private static final Logger log = LoggerFactory.getLogger(RepeatedRequests.class);
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration FORGET_EVERY = Duration.ofMinutes(10);
  private static final int FORGOTTEN_AT_ONCE = 10_000;
  private static final int LONGEST_KEY = 255;
  private static final int MOST_KEYS = 10_000;
  private static final long RETRY_AFTER_SECONDS = 3_600;

  private final RepeatedRequestStore store;
  private final TenantDatabase database;
  private final JsonMapper json;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("repeated-requests").daemon().factory());

  private RepeatedRequests(TenantDatabase database, JsonMapper json, Clock clock) {
    this.store = new RepeatedRequestStore(database);
    this.database = database;
    this.json = json;
    this.clock = clock;
  }

  /** Starts to forget old keys, until closed. */
  static RepeatedRequests start(TenantDatabase database, JsonMapper json, Clock clock) {
    RepeatedRequests requests = new RepeatedRequests(database, json, clock);
    var _ =
        requests.timer.scheduleWithFixedDelay(
            requests::forget,
            FORGET_EVERY.toMillis(),
            FORGET_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    return requests;
  }

  /**
   * A request.
   *
   * @param key the header's value; null for a request that counts each time
   * @param operation method and path
   * @param body what was sent, as it was understood
   */
  public record Request(@Nullable String key, String operation, Object body) {

    public Request {
      if (key != null
          && (key.isEmpty()
              || key.length() > LONGEST_KEY
              || key.chars().anyMatch(c -> c < '!' || c > '~'))) {
        throw Problem.invalid(
            HEADER, "must be 1 to " + LONGEST_KEY + " visible ASCII characters without spaces");
      }
    }
  }

  /**
   * The answer to a request that makes something, which is the same when it comes again.
   *
   * @throws Problem 422 when its key came with another request
   */
  public <T> T once(
      Caller caller, Request request, Class<T> type, Function<T, String> id, Supplier<T> work) {
    return once(
        caller,
        request,
        id,
        work,
        json::writeValueAsString,
        known -> json.readValue(Objects.requireNonNull(known.answer()), type));
  }

  /**
   * The answer to a request that makes something with a secret, which is shown once and stored
   * nowhere.
   *
   * @throws Problem 409 when it comes again, which names what it made; 422 when its key came with
   *     another request
   */
  public <T> T onceWithSecret(
      Caller caller, Request request, Function<T, String> id, Supplier<T> work) {
    return once(
        caller,
        request,
        id,
        work,
        _ -> null,
        known -> {
          throw Problem.of(
              HttpStatus.CONFLICT,
              "already-created",
              "a request with this %s has made %s; its secret was shown then and is stored nowhere: revoke it and make another one"
                  .formatted(HEADER, known.resourceId()));
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private <T> T once(
      Caller caller,
      Request request,
      Function<T, String> id,
      Supplier<T> work,
      Function<T, @Nullable String> kept,
      Function<Known, T> again) {
    String key = request.key();
    if (key == null) {
      return work.get();
    }
    Place place = new Place(caller.tenantId(), caller.actor(), key);
    String hash = hash(request);
    return database.in(
        caller.tenantId(),
        _ -> {
          Instant now = clock.instant();
          if (!store.begin(place, hash, now, now.plus(KEPT))) {
            Known known = store.known(place);
            if (!known.requestHash().equals(hash)) {
              throw Problem.of(
                  HttpStatus.UNPROCESSABLE_CONTENT,
                  "idempotency-key-reused",
                  "this " + HEADER + " came with another request before");
            }
            return again.apply(known);
          }
          if (store.count(place) > MOST_KEYS) {
            throw Problem.tooMany(
                "this credential has used too many keys within a day", RETRY_AFTER_SECONDS);
          }
          T answer = work.get();
          store.end(place, id.apply(answer), kept.apply(answer));
          return answer;
        });
  }

  private String hash(Request request) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(request.operation().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      return HexFormat.of().formatHex(digest.digest(json.writeValueAsBytes(request.body())));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void forget() {
    try {
      while (store.forget(clock.instant(), FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE) {
        // there are more
      }
    } catch (RuntimeException e) {
      log.warn("expired keys of requests are forgotten later: {}", e.getMessage());
    }
  }
}
