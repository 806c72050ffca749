package io.crontopus.command.login;

import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.identity.SigningKeys;
import io.crontopus.login.events.SigningKeyRotated;
import io.crontopus.web.Origin;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a new key that signs access tokens: when the last one is old, or when somebody asks. */
public final class KeyRotation {

  private static final Duration LONGEST = Duration.ofDays(90);

  private final SigningKeys keys;
  private final Facts facts;
  private final Clock clock;

  public KeyRotation(SigningKeys keys, Facts facts, Clock clock) {
    this.keys = keys;
    this.facts = facts;
    this.clock = clock;
  }

  /** Sees to it that there is a key, and that it is not too old. To be called before signing. */
  public void keepFresh() {
    Instant oldest = clock.instant().minus(LONGEST);
    if (keys.signingSince().filter(since -> !since.isBefore(oldest)).isEmpty()) {
      rotate(Origin.system(""), "age", oldest, false);
    }
  }

  /**
   * Makes a new key now.
   *
   * @param atOnce whether access tokens that are signed with former keys are refused from now on:
   *     for a key that was stolen
   * @return its id
   */
  public String rotate(Origin origin, String reason, boolean atOnce) {
    return rotate(origin, reason, null, atOnce).orElseThrow();
  }

  private Optional<String> rotate(
      Origin origin, String reason, @Nullable Instant unlessSince, boolean atOnce) {
    return facts.recordOutcome(
        origin,
        () -> {
          Optional<String> made = keys.rotate(unlessSince, atOnce);
          return made.isEmpty()
              ? Outcome.of(made)
              : Outcome.of(
                  made, new SigningKeyRotated(made.get(), reason, atOnce, clock.instant()));
        });
  }
}
