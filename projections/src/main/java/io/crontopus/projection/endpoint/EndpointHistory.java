package io.crontopus.projection.endpoint;

import static io.crontopus.projection.SqlTime.sqlTime;

import io.crontopus.endpoint.JobInstance;
import io.crontopus.endpoint.events.EndpointEvent;
import io.crontopus.endpoint.events.FleetEvent;
import io.crontopus.endpoint.events.JobInstancesChanged;
import io.crontopus.projection.ProjectionSession;
import io.crontopus.projection.history.History;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which versions of which rows begin with an event of an endpoint or a fleet. */
final class EndpointHistory {

  private final JdbcClient jdbc;
  private final History endpoints;
  private final History fleets;
  private final History instances;

  EndpointHistory(ProjectionSession session) {
    jdbc = session.jdbc();
    endpoints = new History(session.sql(), "endpoint", "endpoint_id");
    fleets = new History(session.sql(), "fleet");
    instances = new History(session.sql(), "job_instance", "endpoint_id", "job_id");
  }

  /** To be called before the event changes any row. */
  void begin(long position, EndpointEvent event) {
    if (event instanceof JobInstancesChanged e) {
      for (JobInstance instance : e.changed()) {
        instances.begin(position, e.tenantId(), e.endpointId(), instance.jobId());
      }
      for (String job : e.removed()) {
        instances.begin(position, e.tenantId(), e.endpointId(), job);
      }
      reported(position, e);
    } else {
      endpoints.begin(position, event.tenantId(), event.endpointId());
    }
  }

  /** To be called before the event changes any row. */
  void begin(long position, FleetEvent event) {
    fleets.begin(position, event.tenantId());
  }

  /** To be called when all events have changed their rows. */
  void write() {
    endpoints.write();
    fleets.write();
    instances.write();
  }

  /** What a report says of all instances of its endpoint is in no row of its own but here. */
  private void reported(long position, JobInstancesChanged e) {
    jdbc.sql(
            """
            UPDATE endpoint_report_history SET valid_to = :position
            WHERE tenant_id = :tenant AND endpoint_id = :endpoint AND valid_to = 9223372036854775807
            """)
        .param("position", position)
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .update();
    jdbc.sql(
            """
            INSERT INTO endpoint_report_history (valid_from, valid_to, tenant_id, endpoint_id, commit_id, observed_at)
            VALUES (:position, 9223372036854775807, :tenant, :endpoint, :commit, :at)
            """)
        .param("position", position)
        .param("tenant", e.tenantId())
        .param("endpoint", e.endpointId())
        .param("commit", e.commit())
        .param("at", sqlTime(e.observedAt()))
        .update();
  }
}
