package io.crontopus.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.events.RunEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever order check-ins come in, and however often: the newest result is what counts. */
class RunOrderProperties {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final RunId RUN = new RunId("acme", "r1");

  @Property(tries = 2_000)
  void theNewestResultWins(@ForAll("checkIns") List<ReportCheckIn> checkIns) {
    RunState state = RunState.initial();
    for (ReportCheckIn checkIn : checkIns) {
      state = apply(state, checkIn);
    }
    assertThat(state.status().wireName()).isEqualTo(expected(checkIns));
  }

  @Property(tries = 1_000)
  void theSameCheckInTwiceIsOne(@ForAll("checkIns") List<ReportCheckIn> checkIns) {
    RunState state = RunState.initial();
    for (ReportCheckIn checkIn : checkIns) {
      state = apply(state, checkIn);
      assertThat(new RunDecisions(RUN, RunSettings.UNKNOWN_JOB).decide(state, checkIn)).isEmpty();
    }
  }

  /** The reference: results by their time on the machine, the first to arrive among equals. */
  private static String expected(List<ReportCheckIn> checkIns) {
    return checkIns.stream()
        .filter(checkIn -> checkIn.status().closes())
        .max(
            Comparator.comparing(RunOrderProperties::finishedAt)
                .thenComparing(checkIns::indexOf, Comparator.reverseOrder()))
        .map(checkIn -> checkIn.status().wireName())
        .orElse("running");
  }

  private static Instant finishedAt(ReportCheckIn checkIn) {
    Instant at = checkIn.finishedAt();
    return at == null ? checkIn.receivedAt() : at;
  }

  private static RunState apply(RunState state, ReportCheckIn checkIn) {
    RunState next = state;
    for (RunEvent event : new RunDecisions(RUN, RunSettings.UNKNOWN_JOB).decide(state, checkIn)) {
      next = next.evolve(event);
    }
    return next;
  }

  /** Repeats are equal, as those of a spool are: a result of each kind has one time. */
  @Provide
  Arbitrary<List<ReportCheckIn>> checkIns() {
    Arbitrary<Integer> seconds = Arbitraries.integers().between(0, 3);
    return Combinators.combine(seconds, seconds, seconds)
        .as(
            (success, failure, cancelled) ->
                List.of(
                    checkIn(CheckInStatus.RUNNING, 0),
                    checkIn(CheckInStatus.SUCCESS, success),
                    checkIn(CheckInStatus.FAILURE, failure),
                    checkIn(CheckInStatus.CANCELLED, cancelled)))
        .flatMap(told -> Arbitraries.of(told).list().ofMinSize(1).ofMaxSize(8));
  }

  private static ReportCheckIn checkIn(CheckInStatus status, int second) {
    Instant at = NOON.plusSeconds(second);
    return new ReportCheckIn(
        "acme",
        RUN.value(),
        "new",
        new JobRef("default", "backup"),
        null,
        status,
        null,
        status == CheckInStatus.RUNNING ? NOON : null,
        status.closes() ? at : null,
        null,
        null,
        false,
        null,
        null,
        "agent",
        NOON.plusSeconds(60));
  }
}
