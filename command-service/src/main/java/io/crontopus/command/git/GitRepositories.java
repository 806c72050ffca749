package io.crontopus.command.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.RepositoryCache.FileKey;
import org.eclipse.jgit.util.FS;

/**
 * The bare repositories on disk: {@code <root>/<tenant>/job-manifests.git}. All methods block on
 * the file system. Several processes may share a root.
 */
public final class GitRepositories {
  /** The folder's name, which is also the last part of the repository's URL. */
  public static final String NAME = "job-manifests.git";

  /** The one branch whose content counts. */
  public static final String MAIN = Constants.R_HEADS + "main";

  static final String UNFINISHED = ".unfinished-";

  private static final String REMOVED = ".removed-";

  private final Path root;
  private final Clock clock;

  /** Repositories under a folder, which is made when the first one is. */
  public GitRepositories(Path root) {
    this(root, Clock.systemUTC());
  }

  GitRepositories(Path root, Clock clock) {
    HermeticGit.install();
    this.root = root.toAbsolutePath().normalize();
    this.clock = clock;
  }

  /**
   * Makes the tenant's repository unless it is there. A crash leaves either none or a complete one.
   *
   * @return whether it was made now
   * @throws IllegalArgumentException when the tenant id is not a valid one
   * @throws UncheckedIOException when the disk refuses
   */
  public boolean create(String tenantId) {
    Path target = path(tenantId);
    if (Files.isDirectory(target)) {
      return false;
    }
    Path aside = target.resolveSibling(UNFINISHED + UUID.randomUUID());
    try {
      Files.createDirectories(target.getParent());
      NewRepository.build(aside, clock.instant());
      return moveInPlace(aside, target);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the repository of " + tenantId, e);
    } finally {
      FileTrees.deleteQuietly(aside);
    }
  }

  /** Whether the tenant has a repository; false also for what cannot be a tenant id. */
  public boolean exists(String tenantId) {
    return TenantIds.isValid(tenantId) && Files.isDirectory(path(tenantId));
  }

  /**
   * Opens the tenant's repository; the caller closes it.
   *
   * @throws RepositoryNotFoundException when there is none
   */
  public Repository open(String tenantId) throws IOException {
    if (!exists(tenantId)) {
      throw new RepositoryNotFoundException(tenantId);
    }
    Leftovers.removeLocks(path(tenantId), clock.instant());
    return RepositoryCache.open(FileKey.exact(path(tenantId).toFile(), FS.DETECTED), true);
  }

  /** How many bytes the tenant's objects take on disk, those that nothing refers to included. */
  public long size(String tenantId) throws IOException {
    return FileTrees.size(path(tenantId).resolve("objects"));
  }

  /** {@link #size} of all tenants that have a repository; one that vanishes meanwhile has none. */
  public Map<String, Long> sizes() {
    Map<String, Long> sizes = new HashMap<>();
    for (String tenantId : tenants()) {
      try {
        sizes.put(tenantId, size(tenantId));
      } catch (IOException e) {
        // removed, or not readable now: the next time tells
      }
    }
    return sizes;
  }

  /** The tenants that have a repository, in no particular order. */
  public List<String> tenants() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).filter(this::exists).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the repositories in " + root, e);
    }
  }

  /**
   * Removes the tenant's repository, if it is there. It is out of reach at once; what a crash
   * leaves of it is removed with {@link #removeRemains}.
   *
   * @throws UncheckedIOException when the disk refuses
   */
  public void remove(String tenantId) {
    Path target = path(tenantId);
    RepositoryCache.unregister(FileKey.exact(target.toFile(), FS.DETECTED));
    try {
      Files.move(
          target.getParent(),
          root.resolve(REMOVED + UUID.randomUUID()),
          StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // gone already
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the repository of " + tenantId, e);
    }
    removeRemains();
  }

  /** Removes what is left of repositories that were removed. */
  public void removeRemains() {
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .filter(entry -> entry.getFileName().toString().startsWith(REMOVED))
          .forEach(FileTrees::deleteQuietly);
    } catch (NoSuchFileException e) {
      // no repository was ever made
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the repositories in " + root, e);
    }
  }

  void removeLeftovers(String tenantId) throws IOException {
    Leftovers.removeWork(path(tenantId), clock.instant());
  }

  /** Where the tenant's repository is, or would be. */
  private Path path(String tenantId) {
    if (!TenantIds.isValid(tenantId)) {
      throw new IllegalArgumentException("not a tenant id: " + tenantId);
    }
    return root.resolve(tenantId).resolve(NAME);
  }

  private static boolean moveInPlace(Path aside, Path target) throws IOException {
    try {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (Files.isDirectory(target)) {
        return false; // somebody else made it meanwhile
      }
      throw e;
    }
  }
}
