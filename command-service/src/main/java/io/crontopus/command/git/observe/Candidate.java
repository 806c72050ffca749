package io.crontopus.command.git.observe;

import io.crontopus.manifest.JobManifest;
import java.util.UUID;

/** A valid job in a tree; whether it comes into force is decided by looking at all of them. */
record Candidate(UUID jobId, InForce.Source source, JobManifest manifest) {}
