package io.crontopus.cli.auth;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The {@code credentials.json} of a platform that was started here. */
record WrittenCredentials(
    String url, String username, String password, String token, Optional<Path> caFile) {

  static WrittenCredentials read(Path file) {
    try {
      Row row = new Row(Json.parse(Files.readString(file)));
      var credentials =
          new WrittenCredentials(
              row.text("url"),
              row.text("username"),
              row.text("password"),
              row.text("token"),
              Optional.of(row.text("ca_file")).filter(name -> !name.isEmpty()).map(Path::of));
      if (credentials.url.isEmpty()
          || (!credentials.hasPassword() && credentials.token.isEmpty())) {
        throw new Failure(ExitCode.FAILED, file + " holds no address with credentials.");
      }
      return credentials;
    } catch (NoSuchFileException e) {
      throw new Failure(
          ExitCode.NOT_FOUND,
          "There is no file " + file + ".",
          "crontopus up writes credentials.json into its data folder when it first starts.");
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, file + " cannot be read.");
    } catch (JacksonException e) {
      throw new Failure(ExitCode.FAILED, file + " is not JSON.");
    }
  }

  boolean hasPassword() {
    return !username.isEmpty() && !password.isEmpty();
  }

  /** Secrets stay out of logs and messages. */
  @Override
  public String toString() {
    return username + " at " + url;
  }
}
