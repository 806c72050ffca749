package io.crontopus.command.mail.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handing letters to a mail server, in the open and encrypted. */
class SmtpTest {

  private static final GreenMail SERVER =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP))
          .withConfiguration(
              GreenMailConfiguration.aConfig()
                  .withUser("mailer@example.org", "mailer", "correct horse"));

  private static final Envelope LETTER =
      new Envelope("letter-1", "ann@example.org", "Grüße", "Hello Ann\n", "<p>Hello Ann</p>");

  @TempDir static Path folder;
  private static Certificate ours;
  private static Certificate others;

  @BeforeAll
  static void start() throws Exception {
    SERVER.start();
    ours = Certificate.of("dns:localhost", folder);
    others = Certificate.of("dns:mail.example.org", folder);
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @AfterEach
  void empty() throws Exception {
    SERVER.purgeEmailFromAllMailboxes();
  }

  @Test
  void aLetterArrivesAsTextAndAsHtml() throws Exception {
    send(plain(SERVER.getSmtp().getPort()), LETTER);

    MimeMessage message = SERVER.getReceivedMessages()[0];
    assertThat(message.getSubject()).isEqualTo("Grüße");
    assertThat(message.getFrom()[0]).hasToString("Crontopus <no-reply@example.org>");
    assertThat(message.getRecipients(Message.RecipientType.TO)[0]).hasToString("ann@example.org");
    assertThat(message.getMessageID()).isEqualTo("<letter-1@example.org>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    Multipart forms = (Multipart) message.getContent();
    assertThat(forms.getContentType()).startsWith("multipart/alternative");
    assertThat(forms.getBodyPart(0).getContent().toString().strip()).isEqualTo("Hello Ann");
    assertThat(forms.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(forms.getBodyPart(1).getContent().toString().strip()).isEqualTo("<p>Hello Ann</p>");
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aServerThatIsTrustedIsSpokenToEncrypted(Security security) throws Exception {
    try (FrontDoor door = door(security, ours)) {
      send(settings("localhost", door.port(), security, ours.pem()), LETTER);
    }
    assertThat(SERVER.getReceivedMessages()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "TLS"})
  void aServerThatIsNotTrustedGetsNothing(Security security) throws Exception {
    try (FrontDoor door = door(security, ours)) {
      // Java knows no such issuer.
      assertAway(settings("localhost", door.port(), security, null), "certification path");
      assertAway(settings("localhost", door.port(), security, others.pem()), "certification path");
    }
    // The certificate is trusted, and for another name.
    try (FrontDoor door = door(security, others)) {
      assertAway(settings("localhost", door.port(), security, others.pem()), "localhost");
    }
    assertThat(SERVER.getReceivedMessages()).isEmpty();
  }

  @Test
  void aServerWithoutEncryptionGetsNothing() {
    assertAway(
        settings("localhost", SERVER.getSmtp().getPort(), Security.STARTTLS, null), "STARTTLS");
    assertThat(SERVER.getReceivedMessages()).isEmpty();
  }

  @Test
  void thePasswordIsReadFromItsFileEachTime() throws Exception {
    Path password = folder.resolve("password");
    Files.writeString(password, "wrong\n");
    try (FrontDoor door = door(Security.TLS, ours)) {
      Smtp smtp =
          new Smtp(
              new MailSettings(
                  "localhost",
                  door.port(),
                  Security.TLS,
                  "no-reply@example.org",
                  "mailer",
                  password,
                  ours.pem(),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(5),
                  Duration.ofSeconds(5),
                  Duration.ofDays(1),
                  100));
      assertThatThrownBy(smtp::connect)
          .isInstanceOf(ServerAway.class)
          .hasMessageContaining("535")
          .hasMessageNotContaining("wrong");
      Files.writeString(password, "correct horse\n");
      smtp.connect().close();
    }
  }

  @Test
  void aLineBreakIsNoWayToAnotherHeaderOrRecipient() throws Exception {
    MailSettings settings = plain(SERVER.getSmtp().getPort());
    send(
        settings,
        new Envelope(
            "letter-2", "ann@example.org", "Hi\r\nBcc: eve@example.org\r\n\r\nbody", "t", "h"));

    assertThat(SERVER.getReceivedMessages()).hasSize(1);
    MimeMessage message = SERVER.getReceivedMessages()[0];
    assertThat(message.getHeader("Bcc")).isNull();
    assertThat(message.getSubject()).isEqualTo("Hi Bcc: eve@example.org body");
    for (String recipient :
        new String[] {
          "ann@example.org\r\nBcc: eve@example.org",
          "ann@example.org>\r\nRCPT TO:<eve@example.org",
          "ann@example.org, eve@example.org",
          "ann"
        }) {
      assertThatThrownBy(() -> send(settings, new Envelope("letter-3", recipient, "Hi", "t", "h")))
          .isInstanceOfSatisfying(
              LetterRefused.class, refusal -> assertThat(refusal.isForGood()).isTrue());
    }
    assertThat(SERVER.getReceivedMessages()).hasSize(1);
  }

  @Test
  void anAddressThatIsNoneIsToldFromOtherRefusals() throws Exception {
    try (FrontDoor door = door(Security.PLAIN, ours)) {
      assertThatThrownBy(
              () ->
                  send(
                      plain(door.port()),
                      new Envelope("letter-4", "nobody@example.org", "Hi", "t", "h")))
          .isInstanceOfSatisfying(
              LetterRefused.class, refusal -> assertThat(refusal.isForGood()).isTrue())
          .hasMessageContaining("5.1.1");
    }
  }

  @Test
  void aServerThatSaysNothingIsNotWaitedForForEver() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      MailSettings settings =
          new MailSettings(
              "localhost",
              silent.getLocalPort(),
              Security.PLAIN,
              "no-reply@example.org",
              "",
              null,
              null,
              Duration.ofMillis(200),
              Duration.ofMillis(200),
              Duration.ofSeconds(5),
              Duration.ofDays(1),
              100);
      assertAway(settings, "timed out");
    }
  }

  @Test
  void settingsThatWouldSendInTheOpenAreRefused() {
    assertThatThrownBy(() -> settings("mail.example.org", 25, Security.PLAIN, null))
        .hasMessageContaining("crontopus.mail.security=plain");
    assertThatThrownBy(() -> settings("localhost.example.org", 25, Security.PLAIN, null))
        .hasMessageContaining("crontopus.mail.security=plain");
  }

  private static FrontDoor door(Security security, Certificate certificate) throws IOException {
    return FrontDoor.open(security, certificate.context(), SERVER.getSmtp().getPort());
  }

  private static void assertAway(MailSettings settings, String reason) {
    assertThatThrownBy(() -> new Smtp(settings).connect())
        .isInstanceOf(ServerAway.class)
        .hasMessageContaining(reason);
  }

  private static void send(MailSettings settings, Envelope letter) {
    try (SmtpConnection connection = new Smtp(settings).connect()) {
      connection.send(letter);
    }
  }

  private static MailSettings plain(int port) {
    return settings("127.0.0.1", port, Security.PLAIN, null);
  }

  private static MailSettings settings(
      String host, int port, Security security, @Nullable Path trust) {
    return new MailSettings(
        host,
        port,
        security,
        "Crontopus <no-reply@example.org>",
        "",
        null,
        trust,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofDays(1),
        100);
  }
}
