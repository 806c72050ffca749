package io.crontopus.command.mail.smtp;

/** The mail server takes no letters now, whatever is in them; the message says why, in one line. */
public final class ServerAway extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerAway(Throwable cause) {
    super(Reason.of(cause), cause);
  }
}
