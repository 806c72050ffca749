package io.crontopus.command.run.intake;

import io.crontopus.run.CheckInAccepted;
import org.jspecify.annotations.Nullable;

/** A command on its way, and its outcome once there is one. Used by one thread at a time. */
final class Waiting {

  private final RunCommand command;
  private final long since;
  private @Nullable CheckInAccepted answer;
  private @Nullable RuntimeException failure;

  /**
   * Begins to wait.
   *
   * @param since {@link System#nanoTime} of now
   */
  Waiting(RunCommand command, long since) {
    this.command = command;
    this.since = since;
  }

  RunCommand command() {
    return command;
  }

  long since() {
    return since;
  }

  /** Notes the outcome; what was noted before, in an attempt that came to nothing, is forgotten. */
  void accepted(@Nullable CheckInAccepted outcome) {
    answer = outcome;
    failure = null;
  }

  void failed(RuntimeException reason) {
    answer = null;
    failure = reason;
  }

  /** Tells the outcome to who waits for it. */
  void tell() {
    if (failure != null) {
      command.reply().failed(failure);
    } else if (answer != null) {
      command.reply().accepted(answer);
    } else {
      command.reply().failed(new IllegalStateException("a command without an outcome"));
    }
  }

  boolean isAccepted() {
    return answer != null;
  }
}
