package io.crontopus.agent.crontab;

/** The markers in a crontab do not show where the managed block is; nothing is changed then. */
public final class DamagedBlockException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedBlockException(String message) {
    super(message);
  }
}
