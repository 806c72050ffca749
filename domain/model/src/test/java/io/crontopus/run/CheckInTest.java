package io.crontopus.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.axonframework.test.matchers.Matchers.predicate;

import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.run.events.RunExtended;
import io.crontopus.run.events.RunFinished;
import io.crontopus.run.events.RunLateResultRecorded;
import io.crontopus.run.events.RunOutputAdded;
import io.crontopus.run.events.RunStarted;
import io.crontopus.run.events.RunTimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of check-ins, on the aggregate as the bus calls it. */
class CheckInTest {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final JobRef JOB = new JobRef("default", "backup");

  private final RememberedRuns openRuns = new RememberedRuns();
  private RunSettings settings = RunSettings.UNKNOWN_JOB;
  private AggregateTestFixture<Run> fixture = new AggregateTestFixture<>(Run.class);

  @BeforeEach
  void registerHandler() {
    fixture = new AggregateTestFixture<>(Run.class);
    fixture.registerAnnotatedCommandHandler(
        new CheckInHandler(
            fixture.getRepository(), openRuns, (tenant, job) -> Optional.of(settings)));
  }

  @Test
  void givenNothingWhenRunningThenTheRunStarts() {
    when(running("r1"))
        .expectEventsMatching(eventsOf(RunStarted.class))
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.RUNNING, false));
  }

  @Test
  void givenAnOpenRunWhenTheSameStartComesAgainThenNothingHappens() {
    fixture
        .givenCommands(running("r1"))
        .when(running("r1"))
        .expectNoEvents()
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.RUNNING, true));
  }

  @Test
  void givenAnOpenRunWithALimitWhenItShowsALaterSignOfLifeThenItsDeadlineMoves() {
    settings = new RunSettings("job", "c1", Duration.ofMinutes(10), Duration.ofMinutes(5));
    fixture
        .givenCommands(running("r1"))
        .when(at(running("r1"), NOON.plusSeconds(60)))
        .expectEvents(
            new RunExtended("acme", "r1", NOON.plusSeconds(60 + 15 * 60), NOON.plusSeconds(60)));
  }

  @Test
  void givenAnOpenRunWhenItFailsThenItsDurationIsKnown() {
    fixture
        .givenCommands(running("r1"))
        .when(closing("r1", CheckInStatus.FAILURE, 3, NOON.plusSeconds(5)))
        .expectEvents(finished("r1", "failure", 3, NOON.plusSeconds(5)));
    assertThat(openRuns.isEmpty()).isTrue();
  }

  @Test
  void givenAClosedRunWhenTheSameResultComesAgainThenNothingHappens() {
    fixture
        .givenCommands(running("r1"), closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(5)))
        .when(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)))
        .expectNoEvents()
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.SUCCESS, true));
  }

  @Test
  void givenAClosedRunWhenAnOlderResultComesThenTheNewerOneStays() {
    fixture
        .givenCommands(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)))
        .when(closing("r1", CheckInStatus.FAILURE, 1, NOON.plusSeconds(5)))
        .expectNoEvents()
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.SUCCESS, true));
  }

  @Test
  void givenAClosedRunWhenItsStartComesLateThenItIsIgnored() {
    fixture
        .givenCommands(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(9)))
        .when(running("r1"))
        .expectNoEvents();
  }

  @Test
  void givenAnOpenRunWhenAResultWithoutAnIdComesThenItClosesThatRun() {
    fixture
        .givenCommands(running("r1"))
        .when(closing(null, CheckInStatus.SUCCESS, 0, NOON.plusSeconds(5)))
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.SUCCESS, false));
  }

  @Test
  void givenNothingWhenAResultWithoutAnIdComesThenACompleteRunIsRecorded() {
    when(closing(null, CheckInStatus.SUCCESS, 0, NOON))
        .expectEventsMatching(eventsOf(RunFinished.class))
        .expectResultMessagePayload(new CheckInAccepted("new-run", RunStatus.SUCCESS, false));
  }

  @Test
  void givenARunOfAnotherJobWhenItsIdIsUsedThenThatIsRejected() {
    fixture
        .givenCommands(running("r1"))
        .when(checkIn("r1", new JobRef("default", "other"), CheckInStatus.SUCCESS, 0, NOON))
        .expectNoEvents()
        .expectException(CheckInRejected.class);
  }

  @Test
  void givenAnOverdueRunWhenItIsTimedOutThenItsLateResultIsKeptAndItStaysTimedOut() {
    settings = new RunSettings("job", "c1", Duration.ofMinutes(10), Duration.ZERO);
    fixture
        .givenCommands(running("r1"))
        .when(new TimeOutRun(new RunId("acme", "r1"), NOON.plusSeconds(600)))
        .expectEvents(new RunTimedOut("acme", "r1", NOON.plusSeconds(600), NOON.plusSeconds(600)));
    registerHandler();
    fixture
        .givenCommands(
            running("r1"), new TimeOutRun(new RunId("acme", "r1"), NOON.plusSeconds(600)))
        .when(closing("r1", CheckInStatus.SUCCESS, 0, NOON.plusSeconds(700)))
        .expectEventsMatching(eventsOf(RunLateResultRecorded.class))
        .expectResultMessagePayload(new CheckInAccepted("r1", RunStatus.TIMEOUT, false));
  }

  @Test
  void givenARunBeforeItsDeadlineWhenItIsTimedOutThenNothingHappens() {
    settings = new RunSettings("job", "c1", Duration.ofMinutes(10), Duration.ZERO);
    fixture
        .givenCommands(running("r1"))
        .when(new TimeOutRun(new RunId("acme", "r1"), NOON.plusSeconds(599)))
        .expectNoEvents();
  }

  @Test
  void givenALateStartFromASpoolThenItsDeadlineWaitsForItsEnd() {
    settings = new RunSettings("job", "c1", Duration.ofMinutes(1), Duration.ofMinutes(5));
    Instant received = NOON.plus(Duration.ofHours(2));
    when(receivedAt(running("r1"), received))
        .expectEventsMatching(
            Matchers.<List<EventMessage<?>>>predicate(
                events ->
                    events.getFirst().getPayload() instanceof RunStarted started
                        && received.plus(Duration.ofMinutes(5)).equals(started.deadline())));
  }

  @Test
  void givenNoOpenRunWhenOutputComesWithoutAnIdThenThatIsRejected() {
    when(output(null)).expectNoEvents().expectException(CheckInRejected.class);
  }

  @Test
  void givenNothingWhenOutputComesWithAnIdThenTheRunIsKnownToGoOn() {
    when(output("r1")).expectEventsMatching(eventsOf(RunStarted.class, RunOutputAdded.class));
  }

  private static Matcher<List<EventMessage<?>>> eventsOf(Class<?>... types) {
    return predicate(
        events ->
            events.stream()
                .<Class<?>>map(EventMessage::getPayloadType)
                .toList()
                .equals(List.of(types)));
  }

  private ResultValidator<Run> when(Object command) {
    return fixture.givenNoPriorActivity().when(command);
  }

  private static ReportCheckIn running(String run) {
    return checkIn(run, JOB, CheckInStatus.RUNNING, null, NOON);
  }

  private static ReportCheckIn at(ReportCheckIn c, Instant at) {
    return copy(c, at, at, c.output());
  }

  private static ReportCheckIn receivedAt(ReportCheckIn c, Instant at) {
    return copy(c, c.startedAt(), at, c.output());
  }

  private static ReportCheckIn output(@Nullable String run) {
    ReportCheckIn c = checkIn(run, JOB, CheckInStatus.LOG, null, NOON);
    return copy(c, null, NOON, "hello\n");
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
      ReportCheckIn c, @Nullable Instant startedAt, Instant receivedAt, @Nullable String output) {
    return new ReportCheckIn(
        c.tenantId(),
        c.runId(),
        c.newRunId(),
        c.job(),
        c.endpointId(),
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
