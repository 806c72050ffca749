package io.crontopus.command.git;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The branch main of a tenant has moved. Every push is one of these, however many arrive before
 * they are recorded; the same push always gives an equal record.
 *
 * @param commit main's new head
 * @param parent the head that was recorded before it, null for the first
 * @param authorName of the new head; all texts are free of control characters and bounded in length
 * @param committedAt when the new head was committed, as its author's machine saw it
 * @param pushedBy the actor of the credential that pushed
 * @param observedAt when main moved, to the second
 * @param commits the new commits, newest first, at most 100
 * @param files the manifest files concerned, by path
 * @param removedJobs jobs that were defined before and are in no file now; a job whose file became
 *     invalid, or which is defined twice now, is not removed: its last good definition stays
 */
public record ObservedPush(
    String tenantId,
    String commit,
    @Nullable String parent,
    String authorName,
    String authorEmail,
    String message,
    Instant committedAt,
    String pushedBy,
    Instant observedAt,
    List<CommitSummary> commits,
    List<ObservedFile> files,
    Set<UUID> removedJobs) {
  public ObservedPush {
    commits = List.copyOf(commits);
    files = List.copyOf(files);
    removedJobs = Set.copyOf(removedJobs);
  }
}
