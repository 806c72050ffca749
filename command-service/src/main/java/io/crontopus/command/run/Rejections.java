package io.crontopus.command.run;

import io.crontopus.run.CheckInRejected;
import io.crontopus.web.Problem;
import org.springframework.http.HttpStatus;

/** Rejected check-ins as the API tells them. */
final class Rejections {

  private Rejections() {}

  /** The problem; anything but a rejection stays what it is. */
  static RuntimeException problem(RuntimeException reason) {
    return reason instanceof CheckInRejected rejected
        ? Problem.of(
            HttpStatus.CONFLICT, code(rejected.reason()), String.valueOf(rejected.getMessage()))
        : reason;
  }

  private static String code(CheckInRejected.Reason reason) {
    return switch (reason) {
      case RUN_OF_ANOTHER_JOB -> "run-of-another-job";
      case NO_OPEN_RUN -> "no-open-run";
      case TOO_MUCH_OUTPUT -> "too-much-output";
    };
  }
}
