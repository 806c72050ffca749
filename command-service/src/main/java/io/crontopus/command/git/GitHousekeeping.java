package io.crontopus.command.git;

import java.io.IOException;
import java.text.ParseException;
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

  private final GitRepositories repositories;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("git-housekeeping").factory());

  public GitHousekeeping(GitRepositories repositories) {
    this.repositories = repositories;
  }

  /** Tidies a tenant's repository some time soon, if it needs that. */
  public void consider(String tenantId) {
    if (waiting.add(tenantId)) {
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
        gc.gc().join(); // done already: it runs on this thread
      }
    } catch (IOException | GitAPIException | ParseException | RuntimeException e) {
      LOG.warn("Cannot tidy the repository of {}", tenantId, e);
    }
  }
}
