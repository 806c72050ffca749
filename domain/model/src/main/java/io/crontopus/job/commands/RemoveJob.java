package io.crontopus.job.commands;

import io.crontopus.job.JobId;
import java.time.Instant;

/** A commit no longer has this job. */
public record RemoveJob(JobId job, String commit, Instant at) {}
