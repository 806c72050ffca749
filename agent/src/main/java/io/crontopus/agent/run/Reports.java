package io.crontopus.agent.run;

import io.crontopus.agent.inventory.InstanceReport;
import io.crontopus.agent.platform.Backoff;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends the state of the jobs when it changed, and now and then when it did not. */
final class Reports implements Runnable {

  private static final Logger LOG = Logger.getLogger(Reports.class.getName());

  private final PlatformClient client;
  private final String path;
  private final Duration interval;
  private final Clock clock;
  private final BlockingQueue<InstanceReport> changes = new LinkedBlockingQueue<>(100);
  private @Nullable InstanceReport last;

  Reports(PlatformClient client, String endpointId, Duration interval, Clock clock) {
    this.client = client;
    this.path = "/api/endpoints/" + endpointId + "/job-instances";
    this.interval = interval;
    this.clock = clock;
  }

  /** The state now; sent if it is another one. */
  synchronized void update(InstanceReport report) {
    if (!report.equals(last)) {
      sendNow(report);
    }
  }

  /** A state that will not last, but is to be known. */
  synchronized void sendNow(InstanceReport report) {
    last = report;
    if (!changes.offer(report)) {
      changes.clear();
      changes.add(report);
    }
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    @Nullable InstanceReport report = null;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        @Nullable InstanceReport change = changes.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
        report = change == null ? report : change;
        while (report != null && !send(report)) {
          Thread.sleep(backoff.next(Optional.empty()));
          // Only the newest matters to a platform that was away.
          while (!changes.isEmpty()) {
            report = changes.poll();
          }
        }
        backoff.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean send(InstanceReport report) throws InterruptedException {
    try {
      client.post(path, report.toJson(client.json(), clock.instant()));
      return true;
    } catch (PlatformException e) {
      LOG.fine("cannot report the jobs: " + e.getMessage());
      return e.kind() == PlatformException.Kind.REFUSED;
    }
  }
}
