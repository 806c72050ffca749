package io.crontopus.agent.run;

import io.crontopus.agent.desired.DesiredState;
import io.crontopus.agent.inventory.InstanceReport;
import io.crontopus.agent.reconcile.Reconciler;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** One round: fetch, load, reconcile, remember. */
public final class Syncer {

  private final Agent agent;

  /** Rounds of an agent. */
  public Syncer(Agent agent) {
    this.agent = agent;
  }

  /**
   * What a round came to.
   *
   * @param result what was done; empty when nothing is known about what should run
   * @param gitProblem why the newest commit could not be had
   */
  public record Round(Optional<Reconciler.Result> result, Optional<String> gitProblem) {}

  /** Syncs; without Git, with what was known last. */
  public Round sync(boolean approved, Consumer<InstanceReport> onDrift) throws IOException {
    Fetched fetched = fetch();
    if (fetched.desired().isEmpty()) {
      return new Round(Optional.empty(), fetched.problem());
    }
    Reconciler.Result result =
        agent.reconciler().reconcile(fetched.desired().get(), approved, onDrift);
    agent.desired().remember();
    return new Round(Optional.of(result), fetched.problem());
  }

  /** What a sync would do. */
  public Round preview(boolean approved) throws IOException {
    Fetched fetched = fetch();
    return fetched.desired().isEmpty()
        ? new Round(Optional.empty(), fetched.problem())
        : new Round(
            Optional.of(agent.reconciler().preview(fetched.desired().get(), approved)),
            fetched.problem());
  }

  /** Brings the scheduler back to what was known last, without asking anybody. */
  public Optional<Reconciler.Result> restore(Consumer<InstanceReport> onDrift) throws IOException {
    Optional<DesiredState> last = agent.desired().last();
    return last.isEmpty()
        ? Optional.empty()
        : Optional.of(agent.reconciler().reconcile(last.get(), false, onDrift));
  }

  private record Fetched(Optional<DesiredState> desired, Optional<String> problem) {}

  private Fetched fetch() throws IOException {
    Optional<String> commit;
    try {
      commit = agent.repository().fetch();
    } catch (IOException e) {
      return new Fetched(agent.desired().last(), Optional.of("Git: " + e.getMessage()));
    }
    if (commit.isEmpty()) {
      String branch = agent.endpoint().gitBranch();
      return new Fetched(
          agent.desired().last(), Optional.of("Git: the repository has no branch " + branch));
    }
    return new Fetched(Optional.of(agent.desired().load(commit.get())), Optional.empty());
  }
}
