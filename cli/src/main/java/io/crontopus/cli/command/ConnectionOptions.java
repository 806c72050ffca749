package io.crontopus.cli.command;

import io.crontopus.cli.context.Session;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server, and as whom. On the top command these options hold for every command below. */
public final class ConnectionOptions {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--server",
      order = 102,
      paramLabel = "URL",
      description = "The platform's address. Default: CRONTOPUS_SERVER, else the last login.")
  private @Nullable String server;

  @Option(
      names = "--token-file",
      order = 103,
      paramLabel = "FILE",
      description =
          "A file that holds the token to use; - for standard input."
              + " Default: CRONTOPUS_TOKEN, else the stored login.")
  private @Nullable String tokenFile;

  @Option(
      names = "--ca-file",
      order = 104,
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to trust in place of those that the JDK comes with."
              + " Default: CRONTOPUS_CA_FILE, else what the login was made with.")
  private @Nullable String caFile;

  @Option(
      names = "--timeout",
      order = 105,
      paramLabel = "TIME",
      converter = SpanConverter.class,
      description = "How long to wait for an answer. Default: 30s.")
  private @Nullable Duration timeout;

  public Session session(Surroundings surroundings) {
    return new Session(
        surroundings,
        Optional.ofNullable(chosen(options -> options.server)),
        Optional.ofNullable(chosen(options -> options.tokenFile))
            .map(name -> token(name, surroundings)),
        Optional.ofNullable(chosen(options -> options.caFile)).map(surroundings::file),
        timeout());
  }

  private <T> @Nullable T chosen(Function<ConnectionOptions, @Nullable T> option) {
    return Shared.chosen(command, ConnectionOptions.class, this, option);
  }

  private Duration timeout() {
    Duration chosen = chosen(options -> options.timeout);
    if (chosen == null) {
      return DEFAULT_TIMEOUT;
    }
    if (chosen.isZero() || chosen.compareTo(LONGEST_TIMEOUT) > 0) {
      throw Failure.usage("--timeout must be from 1s to 1h.");
    }
    return chosen;
  }

  private static String token(String name, Surroundings surroundings) {
    String token = name.equals("-") ? surroundings.readInput().strip() : read(name, surroundings);
    if (token.isEmpty()) {
      throw Failure.usage("The token file " + name + " is empty.");
    }
    return token;
  }

  private static String read(String name, Surroundings surroundings) {
    try {
      return Files.readString(surroundings.file(name)).strip();
    } catch (IOException e) {
      throw Failure.usage("The token file " + name + " cannot be read.");
    }
  }
}
