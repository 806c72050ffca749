package io.crontopus.git.events;

import io.crontopus.event.EventName;
import io.crontopus.event.TenantEvent;
import io.crontopus.git.ChangedFile;
import io.crontopus.git.CommitInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The main branch has a new head. What the jobs became with it stands before this event, as events
 * of the jobs.
 */
@EventName("git.commit-observed")
public record CommitObserved(
    String tenantId,
    String commit,
    @Nullable String parent,
    String authorName,
    String authorEmail,
    String message,
    Instant committedAt,
    String pushedBy,
    Instant observedAt,
    List<CommitInfo> commits,
    List<ChangedFile> files)
    implements TenantEvent {}
