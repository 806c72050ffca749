package io.crontopus.command.git.observe;

import io.crontopus.command.git.CommitSummary;
import io.crontopus.command.git.GitRepositories;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.ReflogEntry;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** How main came to where it is. */
final class MainHistory {
  private static final int MAX_COMMITS = 100;
  private static final String UNKNOWN = "unknown";

  private final Repository repository;

  MainHistory(Repository repository) {
    this.repository = repository;
  }

  /**
   * The pushes since a commit, oldest first, as the reflog tells them; one step where it does not.
   *
   * @param since null for all
   */
  List<Step> steps(@Nullable ObjectId since) throws IOException {
    Ref main = repository.exactRef(GitRepositories.MAIN);
    if (main == null || main.getObjectId() == null || main.getObjectId().equals(since)) {
      return List.of();
    }
    List<Step> told = fromReflog(since, main.getObjectId());
    return told.isEmpty() ? List.of(leap(since, main.getObjectId())) : told;
  }

  /** The commits that a step brought, newest first, at most 100. */
  List<CommitSummary> commits(Step step) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.markStart(walk.parseCommit(step.to()));
      if (step.from() != null) {
        walk.markUninteresting(walk.parseCommit(step.from()));
      }
      List<CommitSummary> commits = new ArrayList<>();
      for (RevCommit commit = walk.next();
          commit != null && commits.size() < MAX_COMMITS;
          commit = walk.next()) {
        commits.add(CommitTexts.summary(commit));
      }
      return commits;
    }
  }

  CommitSummary commit(ObjectId id) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      return CommitTexts.summary(walk.parseCommit(id));
    }
  }

  /**
   * Entries are written just before the ref moves, so a crash can leave one of a push that never
   * was: those that do not lead to where main went are passed over.
   */
  private List<Step> fromReflog(@Nullable ObjectId since, ObjectId head) throws IOException {
    ReflogReader reflog = repository.getRefDatabase().getReflogReader(GitRepositories.MAIN);
    List<Step> steps = new ArrayList<>();
    ObjectId expected = head;
    for (ReflogEntry entry : reflog == null ? List.<ReflogEntry>of() : reflog.getReverseEntries()) {
      if (!entry.getNewId().equals(expected)) {
        continue;
      }
      ObjectId from = entry.getOldId().equals(ObjectId.zeroId()) ? null : entry.getOldId();
      steps.add(
          new Step(from, expected, entry.getWho().getName(), entry.getWho().getWhenAsInstant()));
      if (from == null || from.equals(since)) {
        return from == null && since != null ? List.of() : steps.reversed();
      }
      expected = from;
    }
    return List.of();
  }

  private Step leap(@Nullable ObjectId since, ObjectId head) throws IOException {
    return new Step(since, head, UNKNOWN, commit(head).committedAt());
  }
}
