package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.DataLock;
import io.crontopus.standalone.data.Running;
import io.crontopus.standalone.database.EmbeddedDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a platform that runs on a data folder. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "Stop the platform; returns when it has ended, its database too. Nothing to stop is no error.")
public final class DownCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin DataOption option = new DataOption();

  @Override
  public Integer call() {
    DataFolder data = option.folder();
    Optional<Running> running = DataLock.holder(data);
    if (running.isPresent()) {
      stop(data, running.get());
      System.err.println("stopped the platform on " + data.root());
    } else if (EmbeddedDatabase.stopOrphan(data.postgres())) {
      System.err.println("stopped the database that a killed platform left on " + data.root());
    } else {
      System.err.println("no platform runs on " + data.root());
    }
    return 0;
  }

  private static void stop(DataFolder data, Running running) {
    ProcessHandle process =
        running
            .process()
            .orElseThrow(
                () ->
                    new Refusal(
                        "process "
                            + running.pid()
                            + " is not the platform on "
                            + data.root()
                            + ": try again"));
    process.destroy();
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Refusal(
          "process %d has not ended after %d s: see %s"
              .formatted(running.pid(), PATIENCE.toSeconds(), data.logFile()));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("interrupted; the platform goes on stopping");
    }
  }
}
