package io.crontopus.command.mail.smtp;

/** How a connection to a mail server is protected. */
public enum Security {
  /** Encrypted from its second line on; nothing is said to a server that cannot do so. */
  STARTTLS(587),
  /** Encrypted from its first byte on. */
  TLS(465),
  /** Not at all: for a server on the same machine. */
  PLAIN(25);

  private final int usualPort;

  Security(int usualPort) {
    this.usualPort = usualPort;
  }

  int usualPort() {
    return usualPort;
  }
}
