package io.crontopus.projection.admin;

import io.crontopus.identity.Caller;
import io.crontopus.platform.events.ProjectionAdministered;
import io.crontopus.web.AuditTrail;
import io.crontopus.web.Origin;
import io.crontopus.web.RequestCheck;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Tells the platform's audit log what operators do to projections, and read of what they hold. */
final class OperatorLog {

  private static final int LONGEST_REASON = 500;

  private final AuditTrail trail;
  private final Clock clock;

  OperatorLog(AuditTrail trail, Clock clock) {
    this.trail = trail;
    this.clock = clock;
  }

  /** Who does something, from where, and why. */
  record Act(Origin origin, String reason) {

    /**
     * The act of this request.
     *
     * @throws io.crontopus.web.Problem 400 when there is no usable reason
     */
    static Act of(Caller caller, ServerWebExchange exchange, @Nullable String reason) {
      RequestCheck check = new RequestCheck();
      String why = check.text("reason", reason, LONGEST_REASON);
      check.done();
      return new Act(Origin.of(caller, exchange), why);
    }
  }

  /** Tells what is about to be done to a whole projection. Not for an event loop. */
  void tell(Act act, String projection, String action) {
    tell(act, projection, action, null);
  }

  /**
   * Tells what is about to be done.
   *
   * @param position of the event that it is about
   */
  void tell(Act act, String projection, String action, @Nullable Long position) {
    trail.record(
        act.origin(),
        new ProjectionAdministered(
            projection, action, position, act.reason(), act.origin().actor(), clock.instant()));
  }
}
