package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Progress;
import io.crontopus.standalone.Refusal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the platform until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start the platform on this machine.",
      "Its last line is \"ready URL\". The first start makes a user and writes credentials.json (mode 0600) into the "
          + "data folder: url, username, password, an API token and, over HTTPS, the certificate's file. Ctrl-C stops it.",
    },
    footer = {
      "",
      "Examples:",
      "  ./crontopus up                                    on port 8080, data in ~/.local/share/crontopus",
      "  ./crontopus up --data /srv/crontopus --detach     in the background",
      "  PGPASSWORD=… ./crontopus up --database postgresql://crontopus@db:5432/crontopus",
      "  ./crontopus up --address 0.0.0.0 --tls-cert fullchain.pem --tls-key privkey.pem \\",
      "      --public-url https://crontopus.example.org:8080"
    })
public final class UpCommand implements Callable<Integer> {

  @Mixin StartOptions options = new StartOptions();

  @Option(
      names = "--detach",
      description = "return when it is ready and leave it running; its output goes to DIR/logs")
  boolean detach;

  @Override
  public Integer call() {
    if (detach) {
      return new DetachedStart(options).call();
    }
    try (Parts parts = Parts.untilShutdown()) {
      RunningPlatform platform = RunningPlatform.start(options, new Progress(System.err), parts);
      parts.complete();
      System.out.println("ready " + platform.url());
      platform.databaseLost().join();
    }
    throw new Refusal(
        "PostgreSQL ended by itself: see " + options.folder().logFile() + ", then start again");
  }
}
