package io.crontopus.command.git;

import java.time.Instant;

/**
 * One commit. Texts are free of control characters (other than line ends in the message) and of
 * bounded length; the time is what the committer's machine said.
 */
public record CommitSummary(
    String commit, String authorName, String authorEmail, String message, Instant committedAt) {}
