package io.crontopus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.run.RunBook.Decision;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.RunBook.JobOn;
import io.crontopus.run.RunBook.Opened;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.run.events.RunEvent;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of check-ins, one after the other in one book. */
class CheckInTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final JobRef JOB = new JobRef("default", "backup");
  private static final RunId R1 = new RunId("acme", "r1");

  private final RunBook book = new RunBook();

  @Test
  void givenNothingWhenRunningThenTheRunStarts() {
    Decision decision = book.decide(running("r1"));
    assertThat(types(decision)).containsExactly(RunStarted.class);
    assertThat(decision.answer()).isEqualTo(new CheckInAccepted("r1", RunStatus.RUNNING, false));
    assertThat(book.opened()).extracting(Opened::run).containsExactly(R1);
  }

  @Test
  void givenAnOpenRunWhenTheSameStartComesAgainThenNothingHappens() {
    book.decide(running("r1"));
    Decision decision = book.decide(running("r1"));
    assertThat(decision.events()).isEmpty();
    assertThat(decision.answer()).isEqualTo(new CheckInAccepted("r1", RunStatus.RUNNING, true));
  }

  @Test
  void givenAnOpenRunWithALimitWhenItShowsALaterSignOfLifeThenItsDeadlineMoves() {
    limit(Duration.ofMinutes(10), Duration.ofMinutes(5));
    book.decide(running("r1"));
    Decision decision = book.decide(at(running("r1"), NOON.plusSeconds(60)));
    Instant deadline = NOON.plusSeconds(60 + 15 * 60);
    assertThat(decision.firstSequence()).isOne();
    assertThat(events(decision))
        .containsExactly(new RunExtended("acme", "r1", deadline, NOON.plusSeconds(60)));
    assertThat(book.opened().getFirst().state().deadline()).isEqualTo(deadline);
  }

  @Test
  void givenAnOpenRunWhenItFailsThenItsDurationIsKnown() {
    book.decide(running("r1"));
    Decision decision = book.decide(closing("r1", CheckInStatus.FAILURE, 3, NOON.plusSeconds(5)));
    assertThat(events(decision)).containsExactly(finished("r1", "failure", 3, NOON.plusSeconds(5)));
    assertThat(book.opened()).isEmpty();
  }

  @Test
  void givenAClosedRunWhenTheSameResultComesAgainThenNothingHappens() {
    book.decide(running("r1"));
    book.decide(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(5)));
    Decision decision = book.decide(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)));
    assertThat(decision.events()).isEmpty();
    assertThat(decision.answer()).isEqualTo(new CheckInAccepted("r1", RunStatus.SUCCESS, true));
  }

  @Test
  void givenAClosedRunWhenAnOlderResultComesThenTheNewerOneStays() {
    book.decide(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)));
    Decision decision = book.decide(closing("r1", CheckInStatus.FAILURE, 1, NOON.plusSeconds(5)));
    assertThat(decision.events()).isEmpty();
    assertThat(decision.answer()).isEqualTo(new CheckInAccepted("r1", RunStatus.SUCCESS, true));
  }

  @Test
  void givenAClosedRunWhenItsStartComesLateThenItIsIgnored() {
    book.decide(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)));
    assertThat(book.decide(running("r1")).events()).isEmpty();
    assertThat(book.opened()).isEmpty();
  }

  @Test
  void givenAnOpenRunWhenAResultWithoutAnIdComesThenItClosesThatRun() {
    book.decide(running("r1"));
    assertThat(book.decide(closing(null, CheckInStatus.SUCCESS, 0, NOON.plusSeconds(5))).answer())
        .isEqualTo(new CheckInAccepted("r1", RunStatus.SUCCESS, false));
  }

  @Test
  void givenStoredOpenRunsWhenResultsWithoutAnIdComeThenTheyCloseTheLatestFirst() {
    for (String run : List.of("r1", "r2")) {
      Decision start = new RunBook().decide(running(run));
      book.enter(start.run(), start.events().getFirst());
    }
    book.enterOpen(new JobOn("acme", JOB, ""), new RunId("acme", "r2"));
    book.enterOpen(new JobOn("acme", JOB, ""), R1);
    List<String> closed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Decision decision = book.decide(closing(null, CheckInStatus.SUCCESS, 0, NOON));
      closed.add(decision.run().value() + "/" + decision.firstSequence());
    }
    assertThat(closed).containsExactly("r2/1", "r1/1", "new-run/0");
    assertThat(book.closed()).containsExactlyInAnyOrder(R1, new RunId("acme", "r2"));
    assertThat(book.opened()).isEmpty();
  }

  @Test
  void givenARunListedInVainWhenAResultWithoutAnIdComesThenItClosesTheRunBehindIt() {
    for (String run : List.of("ended", "r1")) {
      Decision start = new RunBook().decide(running(run));
      book.enter(start.run(), start.events().getFirst());
    }
    RunBook other = new RunBook();
    other.decide(running("ended"));
    Decision end = other.decide(closing("ended", CheckInStatus.SUCCESS, 0, NOON));
    book.enter(end.run(), end.events().getFirst());
    book.enterOpen(new JobOn("acme", JOB, ""), end.run());
    book.enterOpen(new JobOn("acme", JOB, ""), R1);
    Decision decision = book.decide(closing(null, CheckInStatus.FAILURE, 1, NOON));
    assertThat(decision.run()).isEqualTo(R1);
    assertThat(book.closed()).containsExactlyInAnyOrder(R1, end.run());
  }

  @Test
  void givenAnOpenRunOfAnotherEndpointWhenAResultWithoutAnIdComesThenThatRunStaysOpen() {
    book.decide(on("endpoint-1", running("r1")));
    Decision decision =
        book.decide(on("endpoint-2", closing(null, CheckInStatus.SUCCESS, 0, NOON)));
    assertThat(decision.run().value()).isEqualTo("new-run");
    assertThat(book.opened()).extracting(Opened::run).containsExactly(R1);
  }

  @Test
  void givenNothingWhenAResultWithoutAnIdComesThenACompleteRunIsRecorded() {
    Decision decision = book.decide(closing(null, CheckInStatus.SUCCESS, 0, NOON));
    assertThat(types(decision)).containsExactly(RunFinished.class);
    assertThat(decision.answer())
        .isEqualTo(new CheckInAccepted("new-run", RunStatus.SUCCESS, false));
  }

  @Test
  void givenARunOfAnotherJobWhenItsIdIsUsedThenThatIsRejectedAndChangesNothing() {
    book.decide(running("r1"));
    assertThatThrownBy(
            () ->
                book.decide(
                    checkIn("r1", new JobRef("default", "other"), CheckInStatus.SUCCESS, 0, NOON)))
        .isInstanceOf(CheckInRejected.class);
    assertThat(book.opened()).extracting(Opened::run).containsExactly(R1);
  }

  @Test
  void givenAnOverdueRunWhenItIsTimedOutThenItsLateResultIsKeptAndItStaysTimedOut() {
    limit(Duration.ofMinutes(10), Duration.ZERO);
    book.decide(running("r1"));
    assertThat(events(book.decide(new TimeOutRun(R1, NOON.plusSeconds(600)))))
        .containsExactly(
            new RunTimedOut("acme", "r1", NOON.plusSeconds(600), NOON.plusSeconds(600)));
    Decision late = book.decide(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(700)));
    assertThat(types(late)).containsExactly(RunLateResultRecorded.class);
    assertThat(late.answer()).isEqualTo(new CheckInAccepted("r1", RunStatus.TIMEOUT, false));
  }

  @Test
  void givenARunBeforeItsDeadlineWhenItIsTimedOutThenNothingHappens() {
    limit(Duration.ofMinutes(10), Duration.ZERO);
    book.decide(running("r1"));
    assertThat(book.decide(new TimeOutRun(R1, NOON.plusSeconds(599))).events()).isEmpty();
    assertThat(book.closed()).isEmpty();
  }

  @Test
  void givenARunThatIsListedInVainWhenItIsTimedOutThenItIsListedNoLonger() {
    assertThat(book.decide(new TimeOutRun(R1, NOON)).events()).isEmpty();
    assertThat(book.closed()).containsExactly(R1);
  }

  @Test
  void givenALateStartFromASpoolThenItsDeadlineWaitsForItsEnd() {
    limit(Duration.ofMinutes(1), Duration.ofMinutes(5));
    Instant received = NOON.plus(Duration.ofHours(2));
    Decision decision = book.decide(receivedAt(running("r1"), received));
    assertThat(decision.events().getFirst())
        .isInstanceOfSatisfying(
            RunStarted.class,
            started ->
                assertThat(started.deadline()).isEqualTo(received.plus(Duration.ofMinutes(5))));
  }

  @Test
  void givenNoOpenRunWhenOutputComesWithoutAnIdThenThatIsRejected() {
    assertThatThrownBy(() -> book.decide(output(null))).isInstanceOf(CheckInRejected.class);
  }

  @Test
  void givenNothingWhenOutputComesWithAnIdThenTheRunIsKnownToGoOn() {
    assertThat(types(book.decide(output("r1"))))
        .containsExactly(RunStarted.class, RunOutputAdded.class);
  }

  @Test
  void givenAStoredOpenRunWhenItSendsOutputThenItNeedsNotBeListedAgain() {
    RunEvent start = new RunBook().decide(running("r1")).events().getFirst();
    book.enter(R1, start);
    book.decide(output("r1"));
    assertThat(book.opened()).isEmpty();
    assertThat(book.closed()).isEmpty();
  }

  private void limit(Duration most, Duration grace) {
    book.enterSettings(new JobKey("acme", JOB), new RunSettings("job", "c1", most, grace));
  }

  private static List<RunEvent> events(Decision decision) {
    return List.copyOf(decision.events());
  }

  private static List<Class<?>> types(Decision decision) {
    return decision.events().stream().<Class<?>>map(RunEvent::getClass).toList();
  }

  private static ReportCheckIn running(String run) {
    return checkIn(run, JOB, CheckInStatus.RUNNING, null, NOON);
  }

  private static ReportCheckIn at(ReportCheckIn c, Instant at) {
    return copy(c, c.endpointId(), at, at, c.output());
  }

  private static ReportCheckIn receivedAt(ReportCheckIn c, Instant at) {
    return copy(c, c.endpointId(), c.startedAt(), at, c.output());
  }

  private static ReportCheckIn on(String endpoint, ReportCheckIn c) {
    return copy(c, endpoint, c.startedAt(), c.receivedAt(), c.output());
  }

  private static ReportCheckIn output(@Nullable String run) {
    ReportCheckIn c = checkIn(run, JOB, CheckInStatus.LOG, null, NOON);
    return copy(c, null, null, NOON, "hello\n");
  }

  private static ReportCheckIn closing(
      @Nullable String run, CheckInStatus status, int exitCode, Instant at) {
    return checkIn(run, JOB, status, exitCode, at);
  }

  private static ReportCheckIn checkIn(
      @Nullable String run,
      JobRef job,
      CheckInStatus status,
      @Nullable Integer exitCode,
      Instant at) {
    return new ReportCheckIn(
        "acme",
        run,
        "new-run",
        job,
        null,
        status,
        exitCode,
        status == CheckInStatus.RUNNING ? at : null,
        status.closes() ? at : null,
        null,
        null,
        false,
        null,
        null,
        "api",
        at);
  }

  private static ReportCheckIn copy(
      ReportCheckIn c,
      @Nullable String endpointId,
      @Nullable Instant startedAt,
      Instant receivedAt,
      @Nullable String output) {
    return new ReportCheckIn(
        c.tenantId(),
        c.runId(),
        c.newRunId(),
        c.job(),
        endpointId,
        c.status(),
        c.exitCode(),
        startedAt,
        c.finishedAt(),
        c.duration(),
        output,
        false,
        null,
        null,
        c.source(),
        receivedAt);
  }

  private static RunFinished finished(String run, String status, int exitCode, Instant at) {
    return new RunFinished(
        "acme",
        run,
        "default",
        "backup",
        null,
        null,
        null,
        "api",
        status,
        exitCode,
        NOON,
        at,
        Duration.between(NOON, at).toMillis(),
        null,
        false,
        null,
        at);
  }
}
