package io.crontopus.command.login.device;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.bus.Facts.Outcome;
import io.crontopus.command.login.Sessions;
import io.crontopus.command.login.Sessions.Tokens;
import io.crontopus.command.login.Visit;
import io.crontopus.command.login.device.DeviceRefusal.Reason;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.UserStore;
import io.crontopus.login.events.DeviceLoginApproved;
import io.crontopus.login.events.DeviceLoginDenied;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lets programs in that somebody vouches for from a browser. Not for an event loop. */
final class DeviceLogins {

  static final Duration VALIDITY = Duration.ofMinutes(10);
  static final int POLL_SECONDS = 5;

  /** What a program gets that asks: one code to keep, and one to show. */
  record Asked(String deviceCode, UserCode userCode) {}

  private final DeviceStore store;
  private final UserStore users;
  private final Sessions sessions;
  private final Facts facts;
  private final Clock clock;

  DeviceLogins(DeviceStore store, UserStore users, Sessions sessions, Facts facts, Clock clock) {
    this.store = store;
    this.users = users;
    this.sessions = sessions;
    this.facts = facts;
    this.clock = clock;
  }

  /** Takes a program's request. */
  Asked ask(String client, Visit visit) {
    Instant now = clock.instant();
    DeviceRequest request =
        new DeviceRequest(
            UuidCreator.getTimeOrderedEpoch().toString(),
            client,
            visit.address(),
            now,
            now.plus(VALIDITY));
    String deviceCode = SecretToken.issue(SecretToken.Kind.DEVICE);
    UserCode userCode = UserCode.random();
    while (!store.add(request, deviceCode, userCode, POLL_SECONDS)) {
      userCode = UserCode.random();
    }
    return new Asked(deviceCode, userCode);
  }

  /**
   * Logs the program in, once, when somebody has approved. The session is the program's: it has the
   * address and the name of this visit.
   *
   * @throws DeviceRefusal when nobody has, or nothing is to be had any more
   */
  Tokens tokens(String deviceCode, Visit visit) {
    Instant now = clock.instant();
    DeviceStore.Standing standing =
        store.poll(deviceCode, now).orElseThrow(() -> new DeviceRefusal(Reason.INVALID_GRANT));
    if (!standing.expiresAt().isAfter(now)) {
      throw new DeviceRefusal(Reason.EXPIRED_TOKEN);
    }
    if (standing.tooSoon()) {
      throw new DeviceRefusal(Reason.SLOW_DOWN);
    }
    if (standing.decision() == null) {
      throw new DeviceRefusal(Reason.AUTHORIZATION_PENDING);
    }
    return Optional.ofNullable(standing.by())
        .map(
            approver ->
                users
                    .find(approver.tenantId(), approver.userId())
                    .flatMap(
                        user ->
                            sessions.open(
                                user, visit, () -> store.take(deviceCode, user.id(), now)))
                    .orElseThrow(() -> new DeviceRefusal(Reason.INVALID_GRANT)))
        .orElseThrow(() -> new DeviceRefusal(Reason.ACCESS_DENIED));
  }

  /**
   * What asks, with this code.
   *
   * @throws Problem 404 when nothing does
   */
  DeviceRequest show(String typed) {
    return UserCode.parse(typed)
        .flatMap(code -> store.find(code, clock.instant()))
        .orElseThrow(DeviceLogins::missing);
  }

  /**
   * Lets the program in as this user, with all that the user may.
   *
   * @throws Problem 404 when nothing asks with this code
   */
  void approve(Origin origin, String userId, String typed) {
    UserCode code = UserCode.parse(typed).orElseThrow(DeviceLogins::missing);
    Instant now = clock.instant();
    facts.recordOutcome(
        origin,
        () -> {
          DeviceRequest request =
              store.approve(code, userId, now).orElseThrow(DeviceLogins::missing);
          return Outcome.of(
              request,
              new DeviceLoginApproved(
                  origin.tenantId(),
                  userId,
                  request.id(),
                  request.client(),
                  request.address(),
                  now));
        });
  }

  /**
   * Refuses the program.
   *
   * @throws Problem 404 when nothing asks with this code
   */
  void deny(Origin origin, String userId, String typed) {
    UserCode code = UserCode.parse(typed).orElseThrow(DeviceLogins::missing);
    Instant now = clock.instant();
    facts.recordOutcome(
        origin,
        () -> {
          DeviceRequest request = store.deny(code, now).orElseThrow(DeviceLogins::missing);
          return Outcome.of(
              request,
              new DeviceLoginDenied(
                  origin.tenantId(),
                  userId,
                  request.id(),
                  request.client(),
                  request.address(),
                  now));
        });
  }

  private static Problem missing() {
    return Problem.notFound("code; it may have expired, or somebody has decided already");
  }
}
