package io.crontopus.endpoint;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.ObserveLife;
import io.crontopus.endpoint.commands.ObserveSilence;
import io.crontopus.endpoint.commands.ReportJobInstances;
import io.crontopus.endpoint.events.EndpointCameBack;
import io.crontopus.endpoint.events.EndpointChanged;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointFirstSeen;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.endpoint.events.EndpointWentOffline;
import io.crontopus.endpoint.events.EndpointWentSilent;
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
 * One machine: its enrollment, whether it lives, and what its scheduler has of ours. Sees changes
 * only, never every heartbeat.
 */
public class Endpoint {

  @SuppressWarnings("UnusedVariable") // read by the event store
  @AggregateIdentifier
  private @Nullable String id;

  private boolean enrolled;
  private boolean revoked;
  private @Nullable String commit;
  private @Nullable String scheduler;
  private EndpointState state = EndpointState.NEW;
  private Instant seenAt = Instant.MIN;
  private Said said = Said.NOTHING;
  private final Map<String, JobInstance> instances = new HashMap<>();

  /** What an endpoint says of itself. */
  private record Said(
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit) {

    static final Said NOTHING = new Said(null, null, null, null);
  }

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

  /** Takes a sign of life; an older one than is known tells nothing. */
  void alive(ObserveLife life) {
    String tenant = life.endpoint().tenantId();
    String endpoint = life.endpoint().value();
    if (revoked || isOutdated(life.seenAt(), life.judgedAt())) {
      return;
    }
    switch (state) {
      case NEW -> apply(new EndpointFirstSeen(tenant, endpoint, life.seenAt()));
      case SILENT, OFFLINE -> apply(new EndpointCameBack(tenant, endpoint, life.seenAt()));
      case ONLINE -> {}
    }
    Said now =
        new Said(life.version(), life.scheduler(), life.schedulerAlive(), life.appliedCommit());
    if (!now.equals(said)) {
      apply(
          new EndpointChanged(
              tenant,
              endpoint,
              now.version(),
              now.scheduler(),
              now.schedulerAlive(),
              now.appliedCommit(),
              life.seenAt()));
    }
  }

  /** Takes that nothing was heard; a sign of life that is newer than the last of then wins. */
  void silent(ObserveSilence silence) {
    String tenant = silence.endpoint().tenantId();
    String endpoint = silence.endpoint().value();
    if (revoked || isOutdated(silence.lastSeenAt(), silence.judgedAt())) {
      return;
    }
    if (silence.forLong() && state == EndpointState.SILENT) {
      apply(new EndpointWentOffline(tenant, endpoint, silence.lastSeenAt(), silence.judgedAt()));
    } else if (state == EndpointState.ONLINE) {
      apply(new EndpointWentSilent(tenant, endpoint, silence.lastSeenAt(), silence.judgedAt()));
    }
  }

  /** Whether a newer sign of life is known; one from a clock that was ahead is none. */
  private boolean isOutdated(Instant lastSeenAt, Instant judgedAt) {
    return lastSeenAt.isBefore(seenAt) && !seenAt.isAfter(JudgedTime.latest(judgedAt));
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
    state = EndpointState.NEW;
    said = Said.NOTHING; // it is known as it enrolled, until it says otherwise
  }

  @EventSourcingHandler
  void on(EndpointRevoked event) {
    revoked = true;
  }

  @EventSourcingHandler
  void on(EndpointFirstSeen event) {
    state = EndpointState.ONLINE;
    seenAt = event.seenAt();
  }

  @EventSourcingHandler
  void on(EndpointCameBack event) {
    state = EndpointState.ONLINE;
    seenAt = event.seenAt();
  }

  @EventSourcingHandler
  void on(EndpointChanged event) {
    seenAt = event.seenAt();
    said =
        new Said(event.version(), event.scheduler(), event.schedulerAlive(), event.appliedCommit());
  }

  @EventSourcingHandler
  void on(EndpointWentSilent event) {
    state = EndpointState.SILENT;
    seenAt = event.lastSeenAt();
  }

  @EventSourcingHandler
  void on(EndpointWentOffline event) {
    state = EndpointState.OFFLINE;
    seenAt = event.lastSeenAt();
  }

  @EventSourcingHandler
  void on(JobInstancesChanged event) {
    commit = event.commit();
    scheduler = event.scheduler();
    event.removed().forEach(instances::remove);
    event.changed().forEach(instance -> instances.put(instance.jobId(), instance));
  }
}
