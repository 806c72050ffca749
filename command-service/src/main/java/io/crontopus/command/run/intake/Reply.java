package io.crontopus.command.run.intake;

import io.crontopus.run.CheckInAccepted;

/** Who waits for the outcome of a command. Called once, with one of these, and must not block. */
public interface Reply {

  /** The command's events are durable, or it told nothing new. */
  void accepted(CheckInAccepted answer);

  /**
   * Nothing of the command was stored.
   *
   * @param reason {@link io.crontopus.run.CheckInRejected}, {@link io.crontopus.web.Problem}, or
   *     what broke
   */
  void failed(RuntimeException reason);
}
