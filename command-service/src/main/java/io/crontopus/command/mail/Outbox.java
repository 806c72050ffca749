package io.crontopus.command.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.mail.letter.Letter;
import io.crontopus.command.mail.smtp.MailSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Where letters are left to be sent, in the transaction of what causes them: when that is undone,
 * nobody gets a letter, and when it is not, the letter survives whatever happens to this process.
 * Nothing is queued for events, so replaying them sends nothing.
 */
public final class Outbox {

  /** Nobody is there: RFC 2606 keeps this name for addresses that are to be seen to be none. */
  private static final String NOWHERE = ".invalid";

  private final OutboxStore store;
  private final MailSettings settings;
  private final Runnable wake;
  private final Clock clock;

  Outbox(OutboxStore store, MailSettings settings, Runnable wake, Clock clock) {
    this.store = store;
    this.settings = settings;
    this.wake = wake;
    this.clock = clock;
  }

  /** Whether e-mail is sent at all. */
  public boolean isOn() {
    return settings.isOn();
  }

  /**
   * Leaves a letter to be sent. To be called in a transaction.
   *
   * @param tenantId of whom it is; null for one of the platform itself
   * @param until from when the letter is of no use to its reader
   * @return whether it was left: not when no e-mail is sent, or none to such an address
   */
  public boolean queue(@Nullable String tenantId, String recipient, Letter letter, Instant until) {
    if (!isOn() || recipient.toLowerCase(Locale.ROOT).endsWith(NOWHERE)) {
      return false;
    }
    Instant now = clock.instant();
    Instant tired = now.plus(settings.giveUpAfter());
    store.add(
        UuidCreator.getTimeOrderedEpoch().toString(),
        tenantId,
        recipient,
        letter,
        now,
        until.isBefore(tired) ? until : tired);
    boolean _ = CurrentUnitOfWork.ifStarted(unit -> unit.afterCommit(_ -> wake.run()));
    return true;
  }

  /**
   * Takes out what waits to be sent to an address. To be called in a transaction of the tenant,
   * whose letters alone these are.
   */
  public void forget(String tenantId, String recipient) {
    store.removeTo(tenantId, recipient);
  }

  /** Leaves a letter that is of use as long as it is tried to send it. */
  public boolean queue(@Nullable String tenantId, String recipient, Letter letter) {
    return queue(tenantId, recipient, letter, Instant.MAX);
  }
}
