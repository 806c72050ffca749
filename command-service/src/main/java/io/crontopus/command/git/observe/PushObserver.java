package io.crontopus.command.git.observe;

import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.git.ObservedPush;
import io.crontopus.command.git.PushRecorder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every push reaches the recorder: in order, one at a time per tenant, again and
 * again until it is taken, also when the process ended in between.
 */
public final class PushObserver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PushObserver.class);
  private static final int AT_ONCE = 2;
  private static final int PREVIEW_STEPS = 20;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Duration TO_END = Duration.ofSeconds(10);

  private final GitRepositories repositories;
  private final PushRecorder recorder;
  private final Duration firstPause;
  private final ManifestFiles files = new ManifestFiles();
  private final Map<String, Boolean> wanted = new ConcurrentHashMap<>();
  private final Semaphore working = new Semaphore(AT_ONCE);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("git-observer").factory());

  /**
   * @param firstPause how long to wait after a first failure; it doubles up to a minute
   */
  public PushObserver(GitRepositories repositories, PushRecorder recorder, Duration firstPause) {
    this.repositories = repositories;
    this.recorder = recorder;
    this.firstPause = firstPause;
  }

  /** Looks at every repository, for what a former process left unrecorded. */
  public void observeAll() {
    repositories.tenants().forEach(this::observe);
  }

  /** Looks at a tenant's repository soon; returns at once. */
  public void observe(String tenantId) {
    if (wanted.put(tenantId, true) == null) {
      try {
        threads.execute(() -> work(tenantId));
      } catch (RejectedExecutionException e) {
        wanted.remove(tenantId); // closed: the next start sees to it
      }
    }
  }

  /**
   * What the push that brought main to a commit means, without recording it; empty when that is
   * recorded already, or cannot be told now.
   */
  public Optional<ObservedPush> preview(String tenantId, Repository repository, ObjectId head) {
    try {
      Recorded recorded = new RecordedRefs(repository).load();
      List<Step> steps = new MainHistory(repository).steps(recorded.commit());
      PushReader reader = new PushReader(files, tenantId, repository);
      InForce inForce = recorded.inForce();
      for (Step step : steps.size() > PREVIEW_STEPS ? List.<Step>of() : steps) {
        PushReader.Reading reading = reader.read(step, inForce);
        if (step.to().equals(head)) {
          return Optional.of(reading.push());
        }
        inForce = reading.inForce();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot tell the pusher what {} means for {}", head.name(), tenantId, e);
    }
    return Optional.empty();
  }

  /** Ends after what is being recorded now; the rest is for the next start. */
  @Override
  public void close() {
    closing.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("A push is still being recorded; leaving it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(String tenantId) {
    Duration pause = firstPause;
    do {
      wanted.replace(tenantId, false);
      while (!closed(Duration.ZERO) && !recordedAll(tenantId)) {
        closed(pause);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
      }
    } while (!wanted.remove(tenantId, false) && !closed(Duration.ZERO));
  }

  private boolean closed(Duration within) {
    try {
      return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean recordedAll(String tenantId) {
    working.acquireUninterruptibly();
    try (Repository repository = repositories.open(tenantId);
        RecordingLock lock = RecordingLock.tryTake(repository)) {
      if (!lock.isTaken()) {
        return false; // another process records: look again when it may have finished
      }
      recordAll(tenantId, repository);
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot record what was pushed for {}; trying again later", tenantId, e);
      return !repositories.exists(tenantId);
    } finally {
      working.release();
    }
  }

  private void recordAll(String tenantId, Repository repository) throws IOException {
    RecordedRefs refs = new RecordedRefs(repository);
    PushReader reader = new PushReader(files, tenantId, repository);
    Recorded recorded = refs.load();
    refs.align(recorded);
    for (Step step : new MainHistory(repository).steps(recorded.commit())) {
      if (closed(Duration.ZERO)) {
        return;
      }
      PushReader.Reading reading = reader.read(step, recorded.inForce());
      recorder.record(reading.push());
      recorded = refs.save(recorded, step, reading.inForce());
    }
  }
}
