package io.crontopus.command.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import io.crontopus.command.bus.Facts;
import io.crontopus.command.mail.letter.Letter;
import io.crontopus.command.mail.letter.Letters;
import io.crontopus.command.mail.smtp.Envelope;
import io.crontopus.command.mail.smtp.LetterRefused;
import io.crontopus.command.mail.smtp.ServerAway;
import io.crontopus.command.mail.smtp.Smtp;
import io.crontopus.command.mail.smtp.SmtpConnection;
import io.crontopus.identity.Caller;
import io.crontopus.platform.events.TestLetterSent;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** For those who run the platform: does e-mail work. */
@RestController
@RequestMapping("/api/admin/mail")
class MailController {

  private static final int LONGEST = 254;

  private final @Nullable Smtp smtp;
  private final Letters letters;
  private final Facts facts;
  private final Clock clock;
  private final BlockingWork blocking;

  MailController(
      @Nullable Smtp smtp, Letters letters, Facts facts, Clock clock, BlockingWork blocking) {
    this.smtp = smtp;
    this.letters = letters;
    this.facts = facts;
    this.clock = clock;
    this.blocking = blocking;
  }

  record TestRequest(@Nullable String to) {}

  /**
   * Sends a letter at once, past all that waits, and answers when the mail server has taken it;
   * what the server says against it is in the answer.
   */
  @PostMapping("/test")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> test(@RequestBody TestRequest request, Caller caller, ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    RequestCheck check = new RequestCheck();
    String to = check.text("/to", request.to(), LONGEST);
    check.done();
    Smtp server = smtp;
    if (server == null) {
      throw NoMail.problem();
    }
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(
        () -> {
          facts.record(origin, () -> true, new TestLetterSent(origin.actor(), clock.instant()));
          send(server, to);
        });
  }

  private void send(Smtp server, String to) {
    Letter letter = letters.test();
    try (SmtpConnection connection = server.connect()) {
      connection.send(
          new Envelope(
              UuidCreator.getTimeOrderedEpoch().toString(),
              to,
              letter.subject(),
              letter.text(),
              letter.html()));
    } catch (ServerAway | LetterRefused e) {
      throw Problem.of(
          HttpStatus.FAILED_DEPENDENCY,
          "mail-not-sent",
          "the mail server took no letter: " + e.getMessage());
    }
  }
}
