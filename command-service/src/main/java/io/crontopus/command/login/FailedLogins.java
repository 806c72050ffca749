package io.crontopus.command.login;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.FailedLoginStore.Account;
import io.crontopus.identity.User;
import io.crontopus.login.events.LoginFailed;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of failed logins, in at most one event a user and minute: strangers can fail as
 * often as they like, and must not be able to fill a log that is kept for ever. The first failure
 * is told at once, those of the minute after it together. Every node tells; the database counts.
 */
public final class FailedLogins implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int AT_ONCE = 500;

  private final FailedLoginStore store;
  private final Facts facts;
  private final BlockingWork blocking;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("failed-logins").daemon().factory());

  private FailedLogins(FailedLoginStore store, Facts facts, BlockingWork blocking, Clock clock) {
    this.store = store;
    this.facts = facts;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** Starts to tell, until closed. */
  static FailedLogins start(
      FailedLoginStore store, Facts facts, BlockingWork blocking, Clock clock) {
    FailedLogins failed = new FailedLogins(store, facts, blocking, clock);
    var _ =
        failed.timer.scheduleWithFixedDelay(
            failed::tellDue, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return failed;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /**
   * Notes that somebody did not know this user's password. It happens beside the request: an answer
   * that took longer when there is such a user would tell that there is.
   */
  public void note(User user, Visit visit) {
    blocking
        .run(
            () -> {
              Account account = new Account(user.tenantId(), user.id());
              store.count(account, visit.address(), clock.instant());
              tell(account, visit.traceId());
            })
        .subscribe(null, e -> log.warn("a failed login was not noted: {}", e.getMessage()));
  }

  private void tellDue() {
    try {
      store.due(clock.instant().minus(PAUSE), AT_ONCE).forEach(account -> tell(account, ""));
    } catch (RuntimeException e) {
      log.warn("failed logins are told later: {}", e.getMessage());
    }
  }

  private void tell(Account account, String traceId) {
    Instant now = clock.instant();
    facts.recordOutcome(
        new Origin(account.tenantId(), Origin.ANONYMOUS, traceId),
        () ->
            store
                .take(account.userId(), now.minus(PAUSE), now)
                .map(
                    told ->
                        Outcome.of(
                            true,
                            new LoginFailed(
                                account.tenantId(),
                                account.userId(),
                                told.count(),
                                told.address(),
                                told.firstAt(),
                                told.lastAt())))
                .orElseGet(() -> Outcome.of(false)));
  }
}
