package io.crontopus.agent.run;

import io.crontopus.agent.inventory.InstanceReport;
import io.crontopus.agent.platform.Backoff;
import io.crontopus.agent.reconcile.Reconciler;
import io.crontopus.agent.status.AgentStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** Syncs on every occasion: a nudge, a request on this machine, the timer. */
final class SyncLoop implements Runnable {

  private static final Logger LOG = Logger.getLogger(SyncLoop.class.getName());
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Agent agent;
  private final Syncer syncer;
  private final SyncTrigger trigger;
  private final Reports reports;
  private final AgentStatus status;
  private final Backoff backoff;
  private Optional<String> lastProblem = Optional.empty();

  SyncLoop(Agent agent, SyncTrigger trigger, Reports reports, AgentStatus status) {
    this.agent = agent;
    this.syncer = new Syncer(agent);
    this.trigger = trigger;
    this.reports = reports;
    this.status = status;
    this.backoff = new Backoff(Duration.ofSeconds(2), agent.config().syncInterval());
  }

  @Override
  public void run() {
    try {
      Optional<SyncRequest> request = Optional.empty();
      while (!Thread.currentThread().isInterrupted()) {
        Duration pause = sync(request);
        request = await(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the next occasion, which may be a request. */
  private Optional<SyncRequest> await(Duration pause) throws InterruptedException {
    long end = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < end) {
      if (trigger.await(LOOK)) {
        return Optional.empty();
      }
      try {
        Optional<SyncRequest> request = SyncRequest.take(agent.data());
        if (request.isPresent()) {
          return request;
        }
      } catch (IOException e) {
        LOG.fine("cannot look for requests: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Duration sync(Optional<SyncRequest> request) {
    boolean approved = request.map(SyncRequest::approved).orElse(false);
    Optional<String> problem;
    String diff = "";
    try {
      Syncer.Round round = syncer.sync(approved, reports::sendNow);
      problem = round.gitProblem();
      round.result().map(Reconciler.Result::report).ifPresent(this::done);
      diff = round.result().map(result -> result.change().diff()).orElse("");
    } catch (IOException | RuntimeException e) {
      problem = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    if (Thread.currentThread().isInterrupted()) {
      return Duration.ZERO;
    }
    tell(problem);
    answer(request, problem, diff);
    return problem.isEmpty() ? pause() : backoff.next(Optional.empty());
  }

  private void done(InstanceReport report) {
    reports.update(report);
    status.synced(report);
  }

  private void tell(Optional<String> problem) {
    if (!problem.equals(lastProblem)) {
      problem.ifPresentOrElse(LOG::warning, () -> LOG.info("syncing works again"));
      lastProblem = problem;
    }
    status.works("sync", problem);
  }

  private void answer(Optional<SyncRequest> request, Optional<String> problem, String diff) {
    if (request.isPresent()) {
      try {
        SyncRequest.answer(
            agent.data(), problem.map(text -> "problem: " + text + "\n").orElse("") + diff);
      } catch (IOException e) {
        LOG.warning("cannot answer: " + e.getMessage());
      }
    }
  }

  /** The timer, a tenth more or less, so that endpoints do not come all at once. */
  private Duration pause() {
    backoff.reset();
    long interval = agent.config().syncInterval().toMillis();
    return Duration.ofMillis(
        interval * 9 / 10 + ThreadLocalRandom.current().nextLong(interval / 5 + 1));
  }
}
