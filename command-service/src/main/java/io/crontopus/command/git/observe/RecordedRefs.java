package io.crontopus.command.git.observe;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Recorded} in the repository itself. {@code refs/crontopus/in-force} is a commit
 * whose parent is the commit recorded last and whose tree holds, as {@code <path of the file>/<job
 * id>}, the file version that defines each job; one ref, so that both change at once. {@code
 * refs/crontopus/recorded} repeats the parent for people and tools.
 */
final class RecordedRefs {
  static final String IN_FORCE = "refs/crontopus/in-force";
  static final String RECORDED = "refs/crontopus/recorded";

  private final Repository repository;

  RecordedRefs(Repository repository) {
    this.repository = repository;
  }

  /** Makes good what a process that died between two refs left undone. */
  void align(Recorded recorded) throws IOException {
    Ref ref = repository.exactRef(RECORDED);
    if (recorded.commit() != null
        && (ref == null || !recorded.commit().equals(ref.getObjectId()))) {
      update(RECORDED, recorded.commit(), null);
    }
  }

  Recorded load() throws IOException {
    Ref ref = repository.exactRef(IN_FORCE);
    if (ref == null || ref.getObjectId() == null) {
      return Recorded.NOTHING;
    }
    try (RevWalk walk = new RevWalk(repository)) {
      RevCommit marker = walk.parseCommit(ref.getObjectId());
      return new Recorded(marker.getParent(0).copy(), jobs(walk, marker), marker.copy());
    }
  }

  /**
   * Moves on from one state to the next.
   *
   * @throws IOException also when another process has moved on meanwhile
   */
  Recorded save(Recorded before, Step step, InForce after) throws IOException {
    ObjectId marker = insert(step, after);
    update(IN_FORCE, marker, before.marker() == null ? ObjectId.zeroId() : before.marker());
    update(RECORDED, step.to(), null);
    return new Recorded(step.to(), after, marker);
  }

  private static InForce jobs(RevWalk walk, RevCommit marker) throws IOException {
    Map<UUID, InForce.Source> jobs = new HashMap<>();
    try (TreeWalk tree = new TreeWalk(walk.getObjectReader())) {
      tree.addTree(marker.getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        String entry = tree.getPathString();
        int slash = entry.lastIndexOf('/');
        jobs.put(
            UUID.fromString(entry.substring(slash + 1)),
            new InForce.Source(entry.substring(0, slash), tree.getObjectId(0)));
      }
    }
    return new InForce(jobs);
  }

  private ObjectId insert(Step step, InForce inForce) throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      PersonIdent system =
          new PersonIdent("Crontopus", "crontopus@localhost", step.at(), ZoneOffset.UTC);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inForce, inserter));
      commit.setParentId(step.to());
      commit.setAuthor(system);
      commit.setCommitter(system);
      commit.setMessage("Jobs in force\n");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private static ObjectId tree(InForce inForce, ObjectInserter inserter) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    inForce
        .jobs()
        .forEach(
            (job, source) -> {
              DirCacheEntry entry = new DirCacheEntry(source.path() + "/" + job);
              entry.setFileMode(FileMode.REGULAR_FILE);
              entry.setObjectId(source.blob());
              builder.add(entry);
            });
    builder.finish();
    return index.writeTree(inserter);
  }

  private void update(String name, ObjectId id, @Nullable ObjectId expected) throws IOException {
    RefUpdate update = repository.updateRef(name);
    update.setNewObjectId(id);
    if (expected != null) {
      update.setExpectedOldObjectId(expected);
    }
    update.disableRefLog();
    RefUpdate.Result result = update.forceUpdate();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {}
      default -> throw new IOException("cannot move " + name + ": " + result);
    }
  }
}
