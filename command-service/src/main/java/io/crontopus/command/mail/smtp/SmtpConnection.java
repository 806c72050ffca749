package io.crontopus.command.mail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.jspecify.annotations.Nullable;

/** An open connection to a mail server. After a letter that it did not take, open another one. */
public final class SmtpConnection implements AutoCloseable {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  /** What RFC 3463 calls a bad destination; any other refusal may be about us, and may pass. */
  private static final Pattern NO_SUCH_ADDRESS = Pattern.compile("5\\d\\d[ -]5\\.1\\.[1-36].*");

  private final Session session;
  private final Transport transport;
  private final String from;

  SmtpConnection(Session session, Transport transport, String from) {
    this.session = session;
    this.transport = transport;
    this.from = from;
  }

  /**
   * Hands a letter to the server. From when this returns the server is responsible for it.
   *
   * @throws LetterRefused when the server does not take it
   */
  public void send(Envelope envelope) {
    InternetAddress recipient;
    try {
      recipient = new InternetAddress(envelope.recipient(), true);
    } catch (AddressException e) {
      throw new LetterRefused(e, true);
    }
    try {
      MimeMessage message = message(envelope, recipient);
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      throw new LetterRefused(e, isNoSuchAddress(e));
    }
  }

  /** Nothing depends on how the server takes its leave. */
  @Override
  public void close() {
    try {
      transport.close();
    } catch (MessagingException e) {
      // the letters are sent, or their senders know already
    }
  }

  private MimeMessage message(Envelope envelope, InternetAddress recipient)
      throws MessagingException {
    InternetAddress sender = new InternetAddress(from, true);
    String domain = sender.getAddress().replaceFirst(".*@", "");
    MimeMessage message = new WithId(session, "<" + envelope.id() + "@" + domain + ">");
    message.setFrom(sender);
    message.setRecipient(MimeMessage.RecipientType.TO, recipient);
    message.setSubject(envelope.subject(), UTF_8);
    message.setSentDate(Date.from(Instant.now()));
    message.setHeader("Auto-Submitted", "auto-generated");
    MimeBodyPart text = new MimeBodyPart();
    text.setText(envelope.text(), UTF_8, "plain");
    MimeBodyPart html = new MimeBodyPart();
    html.setText(envelope.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", text, html));
    message.saveChanges();
    return message;
  }

  private static boolean isNoSuchAddress(MessagingException failure) {
    for (@Nullable Exception e = failure;
        e != null;
        e = e instanceof MessagingException messaging ? messaging.getNextException() : null) {
      if (e instanceof SMTPAddressFailedException address && address.getMessage() != null) {
        return NO_SUCH_ADDRESS.matcher(address.getMessage().strip()).lookingAt();
      }
    }
    return false;
  }

  /** A message that keeps its id: the library would make up another one each time. */
  private static final class WithId extends MimeMessage {
    private final String id;

    WithId(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
