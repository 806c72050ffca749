package io.crontopus.job;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.job.commands.DefineJob;
import io.crontopus.job.commands.RemoveJob;
import io.crontopus.job.events.JobDefined;
import io.crontopus.job.events.JobRemoved;
import java.util.Map;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** A job's definition over time. */
public class Job {

  @SuppressWarnings("UnusedVariable") // read by the event store
  @AggregateIdentifier
  private @Nullable String id;

  private @Nullable JobDefined current;

  /** For the event store, which replays events into it. */
  protected Job() {}

  static Job create() {
    return new Job();
  }

  @Nullable JobDefined current() {
    return current;
  }

  void define(DefineJob command) {
    JobDefinition definition = command.definition();
    if (current == null || !says(current, definition)) {
      apply(
          new JobDefined(
              definition.job().tenantId(),
              definition.job().value(),
              definition.namespace(),
              definition.name(),
              definition.path(),
              command.commit(),
              definition.manifest(),
              definition.maxRuntimeSeconds(),
              definition.graceSeconds(),
              command.at()));
    }
  }

  void remove(RemoveJob command) {
    if (current != null) {
      apply(
          new JobRemoved(
              current.tenantId(),
              current.jobId(),
              current.namespace(),
              current.name(),
              command.commit(),
              command.at()));
    }
  }

  private static boolean says(JobDefined event, JobDefinition definition) {
    return event.path().equals(definition.path())
        && sameTree(event.manifest(), definition.manifest());
  }

  /**
   * Numbers come back from the store in the smallest type that holds them: compare what is written.
   */
  private static boolean sameTree(Map<String, Object> one, Map<String, Object> other) {
    return one.equals(other) || one.toString().equals(other.toString());
  }

  @EventSourcingHandler
  void on(JobDefined event) {
    id = new JobId(event.tenantId(), event.jobId()).toString();
    current = event;
  }

  @EventSourcingHandler
  void on(JobRemoved event) {
    current = null;
  }
}
