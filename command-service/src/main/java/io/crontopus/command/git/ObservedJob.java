package io.crontopus.command.git;

import io.crontopus.manifest.JobManifest;
import java.util.UUID;

/** A job that is defined by a push, under the identity that it keeps. */
public record ObservedJob(UUID jobId, JobManifest manifest) {}
