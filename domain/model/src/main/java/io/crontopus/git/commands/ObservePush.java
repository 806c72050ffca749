package io.crontopus.git.commands;

import io.crontopus.git.ChangedFile;
import io.crontopus.git.CommitId;
import io.crontopus.git.CommitInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main branch moved, and what the jobs became is recorded.
 *
 * @param commit its new head
 * @param parent the head that was observed before it; null for the first
 * @param commits the new commits, newest first, at most 100
 */
public record ObservePush(
    CommitId commit,
    @Nullable String parent,
    CommitInfo head,
    List<CommitInfo> commits,
    String pushedBy,
    Instant observedAt,
    List<ChangedFile> files) {}
