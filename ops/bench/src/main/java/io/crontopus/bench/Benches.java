package io.crontopus.bench;

import io.crontopus.bench.checkins.CheckInsBench;
import io.crontopus.bench.projections.ProjectionsBench;
import io.crontopus.bench.queries.QueriesBench;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.stream.StreamBench;
import java.util.List;

/** All benches, in the order in which {@code bench all} runs them. */
final class Benches {

  static final List<Bench> ALL = List.of(new CheckInsBench(), new ProjectionsBench(), new QueriesBench(), new StreamBench());

  private Benches() {}
}
