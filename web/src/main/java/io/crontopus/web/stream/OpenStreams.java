package io.crontopus.web.stream;

import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Caller;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.BlockingWork;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The open streams of this node and whose they are. A stream ends when its credential is not good
 * any more, or is good for something else, or its tenant is suspended: its client comes back and is
 * told what it may.
 *
 * <p>A credential is looked up when its stream begins, because the request may have been let in by
 * what was known a second ago; again whenever somebody says that it may have {@linkplain #changed
 * changed}; and now and then, for those that simply expire. Nobody says when an operator's token
 * was taken out of its file, so that these are looked up in each round.
 */
public final class OpenStreams implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OpenStreams.class);
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final long AGAIN = Duration.ofSeconds(30).toNanos();

  /** Endpoints have tokens that do not expire, and there are many of them. */
  private static final long AGAIN_FOR_ENDPOINTS = Duration.ofMinutes(10).toNanos();

  private final Authenticator authenticator;
  private final BlockingWork blocking;
  private final Set<Open> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("open-streams").daemon().factory());

  private OpenStreams(Authenticator authenticator, BlockingWork blocking) {
    this.authenticator = authenticator;
    this.blocking = blocking;
  }

  /** Starts to watch, until closed. */
  public static OpenStreams start(Authenticator authenticator, BlockingWork blocking) {
    OpenStreams streams = new OpenStreams(authenticator, blocking);
    var _ =
        streams.timer.scheduleWithFixedDelay(
            streams::checkDue, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    return streams;
  }

  /** Completes when the stream that answers this request has to end. */
  public Mono<Void> end(Caller caller, ServerWebExchange exchange) {
    String credential = AuthenticationFilter.credentialOf(exchange);
    return credential == null ? Mono.never() : end(caller, credential);
  }

  /** Completes when what this caller was let into with this credential has to end. */
  public Mono<Void> end(Caller caller, String credential) {
    return Mono.create(sink -> add(caller, credential, sink));
  }

  /** What some callers may do has changed, or they may do nothing any more. */
  public void changed(Predicate<Caller> whose) {
    open.stream().filter(stream -> whose.test(stream.caller)).forEach(this::check);
  }

  /** Ends the streams of all callers of these tenants. */
  public void endAllOf(Set<String> tenantIds) {
    open.stream()
        .filter(stream -> tenantIds.contains(stream.caller.tenantId()))
        .forEach(stream -> stream.end.success());
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void add(Caller caller, String credential, MonoSink<Void> sink) {
    Open stream = new Open(caller, credential, sink);
    // Known before it is looked up: whatever changes from here on is told.
    open.add(stream);
    sink.onDispose(() -> open.remove(stream));
    check(stream);
  }

  private void checkDue() {
    long now = System.nanoTime();
    open.stream().filter(stream -> stream.isDue(now)).forEach(this::check);
  }

  private void check(Open stream) {
    stream.checkedAt = System.nanoTime();
    blocking
        .call(() -> authenticator.refresh(stream.credential))
        .subscribe(
            answer -> {
              if (!stream.caller.equals(answer.caller())) {
                stream.end.success();
              }
            },
            e -> {
              log.debug("a stream's credential is looked up again: {}", e.getMessage());
              stream.checkedAt = Long.MIN_VALUE;
            });
  }

  private static final class Open {
    private final Caller caller;
    private final String credential;
    private final MonoSink<Void> end;
    private volatile long checkedAt;

    Open(Caller caller, String credential, MonoSink<Void> end) {
      this.caller = caller;
      this.credential = credential;
      this.end = end;
    }

    boolean isDue(long now) {
      long pause =
          switch (caller.kind()) {
            case OPERATOR -> 0;
            case ENDPOINT -> AGAIN_FOR_ENDPOINTS;
            case USER, API_TOKEN, ENROLLMENT_TOKEN -> AGAIN;
          };
      return checkedAt == Long.MIN_VALUE || now - checkedAt >= pause;
    }
  }
}
