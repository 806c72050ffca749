package io.crontopus.command.mail.smtp;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of e-mail, prefix {@code crontopus.mail}. Without a host no e-mail is sent.
 *
 * @param host the mail server that takes letters
 * @param port its port; null for the usual one of the kind of security
 * @param from who letters come from: an address, or a name with one
 * @param username who logs in at the server; empty for nobody
 * @param passwordFile a file with that user's password, read whenever it is needed
 * @param trust a file with certificates, PEM, one of which must have issued the server's; null for
 *     those that Java trusts
 * @param connectTimeout how long a connection may take to open
 * @param timeout how long the server may take for one step
 * @param retry how long after a failure it is tried again at first; then it is ever longer
 * @param giveUpAfter how long a letter is tried
 * @param invitationsPerDay how many invitations of one tenant are sent within a day
 */
@ConfigurationProperties("crontopus.mail")
public record MailSettings(
    @DefaultValue("") String host,
    @Nullable Integer port,
    @DefaultValue("starttls") Security security,
    @DefaultValue("") String from,
    @DefaultValue("") String username,
    @Nullable Path passwordFile,
    @Nullable Path trust,
    @DefaultValue("10s") Duration connectTimeout,
    @DefaultValue("20s") Duration timeout,
    @DefaultValue("5s") Duration retry,
    @DefaultValue("1d") Duration giveUpAfter,
    @DefaultValue("100") int invitationsPerDay) {

  /** Names that look like addresses of this machine, but may be somebody else's, are not enough. */
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]", Pattern.CASE_INSENSITIVE);

  /**
   * Checks that the settings go together.
   *
   * @throws IllegalArgumentException when they do not
   */
  public MailSettings {
    host = host.strip();
    if (!host.isEmpty()) {
      require(
          security != Security.PLAIN || LOOPBACK.matcher(host).matches(),
          "crontopus.mail.security=plain is for a server on this machine: use starttls or tls");
      require(isAddress(from), "crontopus.mail.from must be the address that letters come from");
      require(
          username.isEmpty() == (passwordFile == null),
          "crontopus.mail.username and crontopus.mail.password-file need each other");
    }
  }

  /** Whether e-mail is sent. */
  public boolean isOn() {
    return !host.isEmpty();
  }

  int portOrUsual() {
    return port == null ? security.usualPort() : port;
  }

  private static boolean isAddress(String from) {
    try {
      return new InternetAddress(from, true).getAddress().contains("@");
    } catch (AddressException e) {
      return false;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
