package io.crontopus.command.mail;

import io.crontopus.command.mail.OutboxStore.GivenUp;
import io.crontopus.command.mail.OutboxStore.Waiting;
import io.crontopus.command.mail.smtp.LetterRefused;
import io.crontopus.command.mail.smtp.MailSettings;
import io.crontopus.command.mail.smtp.ServerAway;
import io.crontopus.command.mail.smtp.Smtp;
import io.crontopus.command.mail.smtp.SmtpConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what is in the outbox, one letter after the other. Every node does; a letter's row is
 * locked while it is sent, and gone in the same transaction when it was. A process that is killed
 * in between has sent a letter whose row is still there: it is sent again, under the same id.
 *
 * <p>A server that is away stops all letters for a while and costs them nothing. A letter that the
 * server refuses waits alone, ever longer. What is too late is given up.
 */
final class Delivery implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  /** Letters of other nodes, and those that wait, are noticed after this time. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 20;

  /** A letter that is just being sent is not to come twice for a restart. */
  private static final Duration TO_FINISH = Duration.ofSeconds(2);

  private final OutboxStore store;
  private final @Nullable Smtp smtp;
  private final MailSettings settings;
  private final TransactionTemplate transaction;
  private final MailState state;
  private final Clock clock;
  private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
  private final Thread thread;
  private int failures;
  private @Nullable SmtpConnection connection;

  private Delivery(
      OutboxStore store,
      @Nullable Smtp smtp,
      MailSettings settings,
      TransactionTemplate transaction,
      MailState state,
      Clock clock) {
    this.store = store;
    this.smtp = smtp;
    this.settings = settings;
    this.transaction = transaction;
    this.state = state;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("mail").daemon().unstarted(this::run);
  }

  /**
   * Starts to send, until closed.
   *
   * @param smtp null to send nothing, and only throw away what is too late
   */
  static Delivery start(
      OutboxStore store,
      @Nullable Smtp smtp,
      MailSettings settings,
      TransactionTemplate transaction,
      MailState state,
      Clock clock) {
    Delivery delivery = new Delivery(store, smtp, settings, transaction, state, clock);
    delivery.thread.start();
    return delivery;
  }

  /** Looks at once, unless the server is away. */
  void wake() {
    boolean _ = wakeUps.offer(true);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean _ = thread.join(TO_FINISH);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        if (round()) {
          @Nullable Boolean _ = wakeUps.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          Thread.sleep(grown(failures++, LONGEST_PAUSE));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /** Sends all that is due; false when the server, or the database, is away. */
  private boolean round() {
    try {
      store.removeExpired(clock.instant()).forEach(this::givenUp);
      Smtp server = smtp;
      if (server != null) {
        while (!Thread.currentThread().isInterrupted()
            && Boolean.TRUE.equals(transaction.execute(_ -> sendOne(server)))) {
          state.up();
        }
      }
      state.waiting(store.count());
      failures = 0;
      return true;
    } catch (ServerAway e) {
      state.away(e.getMessage());
    } catch (DataAccessException | TransactionException e) {
      log.warn("letters wait, the database does not answer: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("letters wait, sending failed", e);
    } finally {
      disconnect();
    }
    return false;
  }

  /** Within a transaction; false when nothing is due. */
  private boolean sendOne(Smtp server) {
    @Nullable Waiting due = store.lockDue(clock.instant()).orElse(null);
    if (due == null) {
      return false;
    }
    try {
      SmtpConnection open = connection;
      if (open == null) {
        open = server.connect();
        connection = open;
      }
      open.send(due.envelope());
      store.remove(due.envelope().id());
      state.sent(due.kind());
    } catch (LetterRefused e) {
      disconnect();
      refused(due, e);
    }
    return true;
  }

  private void refused(Waiting due, LetterRefused refusal) {
    String id = due.envelope().id();
    String reason = String.valueOf(refusal.getMessage());
    state.refused();
    if (refusal.isForGood()) {
      store.remove(id);
      givenUp(new GivenUp(id, due.kind(), null, due.queuedAt(), due.attempts() + 1, reason));
      return;
    }
    store.postpone(
        id, clock.instant().plus(grown(due.attempts(), LONGEST_WAIT).multipliedBy(2)), reason);
    log.warn("letter {} ({}) was refused and waits: {}", id, due.kind(), reason);
  }

  private void givenUp(GivenUp letter) {
    state.givenUp(letter.kind());
    log.error(
        "letter {} ({}) of {} was given up after {} refusals, the last one: {}",
        letter.id(),
        letter.kind(),
        letter.queuedAt(),
        letter.attempts(),
        letter.lastError() == null
            ? "none, the mail server was away or e-mail is off"
            : letter.lastError());
  }

  private Duration grown(int before, Duration longest) {
    Duration wait = settings.retry().multipliedBy(1L << Math.min(before, MOST_DOUBLINGS));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  private void disconnect() {
    SmtpConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
