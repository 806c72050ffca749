package io.crontopus.endpoint;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.ReportJobInstances;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.JobInstancesChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * One machine: its enrollment, and what its scheduler has of ours. Sees changes only, never
 * heartbeats.
 */
public class Endpoint {

  @SuppressWarnings("UnusedVariable") // read by the event store
  @AggregateIdentifier
  private @Nullable String id;

  private boolean enrolled;
  private boolean revoked;
  private @Nullable String commit;
  private @Nullable String scheduler;
  private final Map<String, JobInstance> instances = new HashMap<>();

  /** For the event store, which replays events into it. */
  protected Endpoint() {}

  static Endpoint create() {
    return new Endpoint();
  }

  void enroll(EnrollEndpoint command) {
    EndpointId endpoint = command.endpoint();
    apply(
        new EndpointEnrolled(
            endpoint.tenantId(),
            endpoint.value(),
            command.name(),
            command.hostname(),
            command.machineId(),
            command.platform(),
            command.version(),
            command.labels(),
            command.enrollmentTokenId(),
            enrolled,
            command.at()));
  }

  void revoke(EndpointId endpoint, Instant at) {
    if (!revoked) {
      apply(new EndpointRevoked(endpoint.tenantId(), endpoint.value(), at));
    }
  }

  /** Compares with what was known, and returns how many instances differ. */
  int report(ReportJobInstances report) {
    if (revoked) {
      throw new EndpointRejected(report.endpoint());
    }
    List<JobInstance> changed = new ArrayList<>();
    Set<String> reported = new HashSet<>();
    for (JobInstance instance : report.instances()) {
      if (reported.add(instance.jobId()) && !instance.equals(instances.get(instance.jobId()))) {
        changed.add(instance);
      }
    }
    List<String> removed =
        instances.keySet().stream().filter(job -> !reported.contains(job)).sorted().toList();
    boolean same =
        changed.isEmpty()
            && removed.isEmpty()
            && Objects.equals(commit, report.commit())
            && Objects.equals(scheduler, report.scheduler());
    if (!same) {
      apply(
          new JobInstancesChanged(
              report.endpoint().tenantId(),
              report.endpoint().value(),
              report.commit(),
              report.scheduler(),
              changed,
              removed,
              report.observedAt(),
              report.receivedAt()));
    }
    return changed.size() + removed.size();
  }

  @EventSourcingHandler
  void on(EndpointEnrolled event) {
    id = new EndpointId(event.tenantId(), event.endpointId()).toString();
    enrolled = true;
    revoked = false;
  }

  @EventSourcingHandler
  void on(EndpointRevoked event) {
    revoked = true;
  }

  @EventSourcingHandler
  void on(JobInstancesChanged event) {
    commit = event.commit();
    scheduler = event.scheduler();
    event.removed().forEach(instances::remove);
    event.changed().forEach(instance -> instances.put(instance.jobId(), instance));
  }
}
