package io.crontopus.command.mail;

import io.crontopus.web.Problem;
import org.springframework.http.HttpStatus;

/** What is asked for needs e-mail, and this platform sends none. */
public final class NoMail {

  private NoMail() {}

  /** The refusal: 409, {@code email-off}. */
  public static Problem problem() {
    return Problem.of(
        HttpStatus.CONFLICT,
        "email-off",
        "this platform sends no e-mail: whoever runs it has not set crontopus.mail.host");
  }
}
