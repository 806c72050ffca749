package io.crontopus.bench;

import io.crontopus.bench.agent.AgentBench;
import io.crontopus.bench.asof.AsOfBench;
import io.crontopus.bench.audit.AuditBench;
import io.crontopus.bench.checkins.CheckInsBench;
import io.crontopus.bench.cli.CliBench;
import io.crontopus.bench.growth.GrowthBench;
import io.crontopus.bench.heartbeats.HeartbeatsBench;
import io.crontopus.bench.projections.ProjectionsBench;
import io.crontopus.bench.queries.QueriesBench;
import io.crontopus.bench.replay.ReplayBench;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.stream.StreamBench;
import java.util.List;

/** All benches, in the order in which {@code bench all} runs them. */
final class Benches {

  static final List<Bench> ALL =
      List.of(
          new CheckInsBench(),
          new HeartbeatsBench(),
          new ProjectionsBench(),
          new ReplayBench(),
          new QueriesBench(),
          new AsOfBench(),
          new AuditBench(),
          new StreamBench(),
          new GrowthBench(),
          new AgentBench(),
          new CliBench());

  private Benches() {}
}
