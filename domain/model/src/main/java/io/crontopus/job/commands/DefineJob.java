package io.crontopus.job.commands;

import io.crontopus.job.JobDefinition;
import java.time.Instant;

/** A commit says what this job is. */
public record DefineJob(JobDefinition definition, String commit, Instant at) {}
