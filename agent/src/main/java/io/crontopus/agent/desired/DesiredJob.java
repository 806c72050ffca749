package io.crontopus.agent.desired;

import io.crontopus.manifest.JobManifest;
import java.util.List;
import java.util.Optional;

/**
 * A job that should run here.
 *
 * @param id the job's identity
 * @param manifest how it runs: the newest version that is any good
 * @param error what is wrong with the newest version, when this one is older
 * @param notices what the job runs without
 */
public record DesiredJob(
    String id, JobManifest manifest, Optional<String> error, List<String> notices) {

  public DesiredJob {
    notices = List.copyOf(notices);
  }
}
