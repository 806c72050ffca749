package io.crontopus.command.git.observe;

import io.crontopus.command.git.observe.InForce.Source;
import io.crontopus.manifest.JobManifest;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads jobs from file versions that are no longer, or never quite were, the present ones. */
@FunctionalInterface
interface EarlierJobs {
  /** The jobs in their versions; what cannot be read any more is left out. */
  List<JobManifest> of(Map<UUID, Source> jobs);
}
