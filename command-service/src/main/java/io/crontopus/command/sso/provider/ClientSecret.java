package io.crontopus.command.sso.provider;

import com.nimbusds.oauth2.sdk.auth.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client secret in a file, read whenever it is used: it can be replaced without a restart. */
record ClientSecret(Path file) {

  /**
   * The secret.
   *
   * @throws SignInFailed when there is none
   */
  Secret read() {
    try {
      String text = Files.readString(file).strip();
      if (!text.isEmpty()) {
        return new Secret(text);
      }
      throw failed("it is empty");
    } catch (IOException e) {
      throw failed(e.toString());
    }
  }

  private SignInFailed failed(String why) {
    return new SignInFailed(
        SignInFailed.Reason.UNAVAILABLE,
        "the client secret cannot be read from " + file + ": " + why);
  }
}
