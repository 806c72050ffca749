package io.crontopus.command.mail.smtp;

/**
 * A letter that is ready to be sent.
 *
 * @param id the same whenever it is sent again, so that programs can tell it from another one
 * @param recipient an e-mail address
 */
public record Envelope(String id, String recipient, String subject, String text, String html) {

  public Envelope {
    // A header ends where its line does: what came behind that would be another one.
    subject = subject.replaceAll("\\p{Cc}+", " ");
  }
}
