package io.crontopus.agent.desired;

import java.util.List;

/**
 * What a commit says should run on this endpoint.
 *
 * @param commit the commit
 * @param jobs the jobs for this endpoint, by namespace and name
 * @param errors manifests that cannot be used, for whichever endpoint
 */
public record DesiredState(String commit, List<DesiredJob> jobs, List<ManifestError> errors) {

  public DesiredState {
    jobs = List.copyOf(jobs);
    errors = List.copyOf(errors);
  }
}
