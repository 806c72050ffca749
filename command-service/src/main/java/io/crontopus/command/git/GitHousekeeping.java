package io.crontopus.command.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.GC;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packs repositories that have gathered many small files: in the background, one at a time. */
public final class GitHousekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GitHousekeeping.class);

  private static final Duration PAUSE = Duration.ofMinutes(5);

  /** One that is forgotten too early is looked at once more, and that is all. */
  private static final int MOST_REMEMBERED = 10_000;

  private final GitRepositories repositories;
  private final Duration pause;
  private final Cache<String, Boolean> lately;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("git-housekeeping").factory());

  public GitHousekeeping(GitRepositories repositories) {
    this(repositories, PAUSE);
  }

  /**
   * @param pause the least time between two looks at the same repository
   */
  GitHousekeeping(GitRepositories repositories, Duration pause) {
    this.repositories = repositories;
    this.pause = pause;
    this.lately =
        Caffeine.newBuilder().expireAfterWrite(pause).maximumSize(MOST_REMEMBERED).build();
  }

  /** Tidies a tenant's repository some time soon, if it needs that and was not seen to lately. */
  public void consider(String tenantId) {
    if (lately.getIfPresent(tenantId) == null && waiting.add(tenantId)) {
      lately.put(tenantId, true);
      try {
        thread.execute(() -> tidy(tenantId));
      } catch (RejectedExecutionException e) {
        waiting.remove(tenantId); // closed
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown(); // a daemon: what it has begun is harmless to cut off
  }

  private void tidy(String tenantId) {
    waiting.remove(tenantId);
    try (Repository repository = repositories.open(tenantId)) {
      repositories.removeLeftovers(tenantId);
      if (repository instanceof FileRepository files) {
        GC gc = new GC(files);
        gc.setAuto(true); // looks first whether there is enough to do
        // Readers may be using the old packs; they are gone the next time.
        gc.setPackExpireAgeMillis(pause.toMillis());
        gc.gc().join(); // done already: it runs on this thread
      }
    } catch (IOException | GitAPIException | ParseException | RuntimeException e) {
      LOG.warn("Cannot tidy the repository of {}", tenantId, e);
    }
  }
}
