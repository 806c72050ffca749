package io.crontopus.agent.wrapper;

import io.crontopus.manifest.Concurrency;
import io.crontopus.manifest.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest asks for that this agent, on this machine, cannot do. Nothing is left out
 * silently.
 */
public final class Support {

  private final HostTools tools;
  private final String user;

  /**
   * What can be done here.
   *
   * @param user the user that jobs run as
   */
  public Support(HostTools tools, String user) {
    this.tools = tools;
    this.user = user;
  }

  /** Why the job must not run here; empty when it may. */
  public Optional<String> refusal(JobSpec spec) {
    if (spec.user().filter(wanted -> !wanted.equals(user)).isPresent()) {
      return Optional.of(
          "spec.user is %s, but this agent runs jobs as %s; enroll an agent as %1$s"
              .formatted(spec.user().get(), user));
    }
    if (spec.container().isPresent()) {
      return Optional.of("spec.isolation: this version of the agent starts no containers");
    }
    if (!spec.dependsOn().isEmpty()) {
      return Optional.of("spec.dependsOn: this version of the agent does not wait for other jobs");
    }
    if (spec.concurrency() != Concurrency.ALLOW && tools.flock().isEmpty()) {
      return Optional.of("spec.concurrency needs the program flock, which this machine lacks");
    }
    return Optional.empty();
  }

  /** What the job runs without. */
  public List<String> notices(JobSpec spec) {
    List<String> notices = new ArrayList<>();
    if (spec.resources().cpu().isPresent()) {
      notices.add("spec.resources.cpu is not limited by this version of the agent");
    }
    if (spec.resources().nice().isPresent() && tools.nice().isEmpty()) {
      notices.add("spec.resources.nice: this machine lacks the program nice");
    }
    if (spec.resources().ioClass().isPresent() && tools.ionice().isEmpty()) {
      notices.add("spec.resources.ioClass: this machine lacks the program ionice");
    }
    if (!spec.hooks().onSuccess().isEmpty() || !spec.hooks().onFailure().isEmpty()) {
      notices.add("spec.hooks are not run by this version of the agent");
    }
    return List.copyOf(notices);
  }
}
