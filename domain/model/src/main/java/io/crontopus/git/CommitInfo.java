package io.crontopus.git;

import java.time.Instant;

/** One commit of a push. */
public record CommitInfo(
    String commit, String authorName, String authorEmail, String message, Instant committedAt) {}
