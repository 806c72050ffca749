package io.crontopus.agent.run;

import io.crontopus.agent.platform.Backoff;
import io.crontopus.agent.ship.Shipper;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.spool.SpoolKeeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;

/** Sends what appears in the spool, and keeps the spool tidy. */
final class ShipLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(ShipLoop.class.getName());
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration TIDY = Duration.ofSeconds(30);

  private final Spool spool;
  private final SpoolKeeper keeper;
  private final Shipper shipper;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private Optional<String> lastProblem = Optional.empty();

  ShipLoop(Spool spool, SpoolKeeper keeper, Shipper shipper) {
    this.spool = spool;
    this.keeper = keeper;
    this.shipper = shipper;
  }

  @Override
  public void run() {
    try {
      long tidied = System.nanoTime() - TIDY.toNanos();
      while (!Thread.currentThread().isInterrupted()) {
        if (System.nanoTime() - tidied >= TIDY.toNanos()) {
          tidied = System.nanoTime();
          tidy();
        }
        Optional<FileTime> before = changed();
        Duration pause = ship();
        if (!pause.isZero()) {
          Thread.sleep(pause);
        } else {
          await(before, tidied + TIDY.toNanos());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidy() {
    try {
      keeper.tidy();
    } catch (IOException | RuntimeException e) {
      LOG.warning("cannot tidy the spool: " + e.getMessage());
    }
  }

  /** How long to wait before the next try; zero when everything was sent. */
  private Duration ship() throws InterruptedException {
    Optional<String> problem = Optional.empty();
    Duration pause = Duration.ZERO;
    try {
      switch (shipper.ship()) {
        case Shipper.Outcome.Empty() -> backoff.reset();
        case Shipper.Outcome.Later(String why, Optional<Duration> askedFor) -> {
          problem = Optional.of(why);
          pause = backoff.next(askedFor);
        }
      }
    } catch (IOException | RuntimeException e) {
      problem = Optional.of("the spool: " + e.getMessage());
      pause = backoff.next(Optional.empty());
    }
    if (!problem.equals(lastProblem)) {
      problem.ifPresent(text -> LOG.info("runs are kept for later: " + text));
      lastProblem = problem;
    }
    return pause;
  }

  /** A record that appears changes the folder's time. */
  private void await(Optional<FileTime> before, long end) throws InterruptedException {
    while (changed().equals(before) && System.nanoTime() < end) {
      Thread.sleep(LOOK);
    }
  }

  private Optional<FileTime> changed() {
    try {
      return Optional.of(Files.getLastModifiedTime(spool.inbox()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
