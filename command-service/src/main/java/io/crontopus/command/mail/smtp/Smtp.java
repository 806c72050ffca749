package io.crontopus.command.mail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The mail server that takes letters. Everything here waits for it, within the time-outs of the
 * settings: not for an event loop.
 */
public final class Smtp {

  private final MailSettings settings;
  private final Session session;

  /**
   * @throws IllegalArgumentException when the certificates to trust cannot be read
   */
  public Smtp(MailSettings settings) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings));
  }

  /**
   * Connects, and logs in if there is a user.
   *
   * @throws ServerAway when that does not succeed
   */
  public SmtpConnection connect() {
    try {
      Transport transport = session.getTransport();
      if (settings.username().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(settings.username(), password(settings.passwordFile()));
      }
      return new SmtpConnection(session, transport, settings.from());
    } catch (MessagingException | IOException e) {
      throw new ServerAway(e);
    }
  }

  /** Read each time: a password that was replaced is used from the next connection on. */
  private static String password(@Nullable Path file) throws IOException {
    if (file == null) {
      throw new IOException("there is no file with the password");
    }
    return Files.readString(file).strip();
  }

  private static Properties properties(MailSettings settings) {
    String protocol = settings.security() == Security.TLS ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    boolean upgrade = settings.security() == Security.STARTTLS;
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(prefix + "host", settings.host());
    properties.setProperty(prefix + "port", String.valueOf(settings.portOrUsual()));
    properties.setProperty(prefix + "auth", String.valueOf(!settings.username().isEmpty()));
    properties.setProperty(prefix + "starttls.enable", String.valueOf(upgrade));
    properties.setProperty(prefix + "starttls.required", String.valueOf(upgrade));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "ssl.protocols", "TLSv1.3 TLSv1.2");
    String connectTimeout = String.valueOf(settings.connectTimeout().toMillis());
    String timeout = String.valueOf(settings.timeout().toMillis());
    properties.setProperty(prefix + "connectiontimeout", connectTimeout);
    properties.setProperty(prefix + "timeout", timeout);
    properties.setProperty(prefix + "writetimeout", timeout);
    Path trust = settings.trust();
    if (trust != null) {
      properties.put(prefix + "ssl.socketFactory", Trusted.by(trust));
      // Or a server that these do not vouch for would be tried again with those that Java trusts.
      properties.setProperty(prefix + "socketFactory.fallback", "false");
    }
    return properties;
  }
}
