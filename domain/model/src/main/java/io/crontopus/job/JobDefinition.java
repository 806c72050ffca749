package io.crontopus.job;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as a commit defines it.
 *
 * @param path the manifest's file in the repository
 * @param manifest the canonical manifest as a tree of maps, lists, strings, numbers and booleans
 * @param maxRuntimeSeconds the limit for one run; null for none
 * @param graceSeconds how much longer to wait for a report
 */
public record JobDefinition(
    JobId job,
    String namespace,
    String name,
    String path,
    Map<String, Object> manifest,
    @Nullable Long maxRuntimeSeconds,
    long graceSeconds) {}
