package io.crontopus.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.run.RunBook.Decision;
import io.crontopus.run.RunBook.JobKey;
import io.crontopus.run.RunBook.JobOn;
import io.crontopus.run.RunBook.Opened;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.run.commands.TimeOutRun;
import io.crontopus.run.events.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Commands in any order, repeated, late, with and without ids, cut into transactions anywhere: the
 * runs end up as a much simpler model says.
 */
class RunBookProperties {

  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration MAX = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final String TENANT = "acme";

  /**
   * One step.
   *
   * @param status null for a look at the deadline
   * @param at seconds after noon
   * @param commit whether a transaction ends here
   */
  record Step(
      @Nullable String run,
      String job,
      String endpoint,
      @Nullable CheckInStatus status,
      int at,
      boolean commit) {}

  /**
   * One of the steps comes once more, anywhere: later, as of a spool, or before what it repeats.
   */
  record Repeat(int which, int where) {}

  /**
   * A step as it is sent.
   *
   * @param fresh the id of a run that it may begin; a repetition has the same
   */
  private record Sent(Step step, String fresh) {}

  @Property(tries = 3_000)
  void theRunsEndUpAsTheModelSays(
      @ForAll("steps") List<Step> steps, @ForAll("repeats") List<Repeat> repeats) {
    Stored stored = new Stored();
    RunModel model = new RunModel(MAX, GRACE);
    RunBook book = stored.book();
    List<Sent> all = sent(steps, repeats);
    for (int i = 0; i < all.size(); i++) {
      Step step = all.get(i).step();
      String fresh = all.get(i).fresh();
      String expected = model.take(step, fresh, NOON.plusSeconds(step.at()));
      String actual = take(book, stored, step, fresh);
      assertThat(actual).as("step %d of %s", i, all).isEqualTo(expected);
      if (step.commit()) {
        stored.list(book);
        book = stored.book();
      }
    }
    stored.list(book);
    assertThat(stored.statuses()).isEqualTo(model.statuses());
    assertThat(stored.open.keySet()).containsExactlyInAnyOrderElementsOf(model.open());
  }

  private static List<Sent> sent(List<Step> steps, List<Repeat> repeats) {
    List<Sent> all = new ArrayList<>();
    steps.forEach(step -> all.add(new Sent(step, "new-" + all.size())));
    for (Repeat repeat : all.isEmpty() ? List.<Repeat>of() : repeats) {
      all.add(repeat.where() % (all.size() + 1), all.get(repeat.which() % all.size()));
    }
    return all;
  }

  private static String take(RunBook book, Stored stored, Step step, String fresh) {
    Instant at = NOON.plusSeconds(step.at());
    try {
      String run = step.run();
      Decision decision =
          step.status() == null
              ? book.decide(new TimeOutRun(new RunId(TENANT, run == null ? "r0" : run), at))
              : book.decide(checkIn(step, step.status(), fresh, at));
      stored.append(decision);
      return step.status() == null ? "" : decision.run().value() + " " + decision.state().status();
    } catch (CheckInRejected rejected) {
      return rejected.reason().name();
    }
  }

  private static ReportCheckIn checkIn(Step step, CheckInStatus status, String fresh, Instant at) {
    return new ReportCheckIn(
        TENANT,
        step.run(),
        fresh,
        new JobRef("default", step.job()),
        step.endpoint(),
        status,
        null,
        status == CheckInStatus.RUNNING ? at : null,
        status.closes() ? at : null,
        null,
        status == CheckInStatus.LOG ? "line\n" : null,
        false,
        null,
        null,
        "agent",
        at);
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<@Nullable String> runs = Arbitraries.of("r0", "r1", "r2").injectNull(0.4);
    Arbitrary<@Nullable CheckInStatus> kinds =
        Arbitraries.of(CheckInStatus.values()).injectNull(0.15);
    return Combinators.combine(
            runs,
            Arbitraries.of("a", "a", "a", "b"),
            Arbitraries.of("e1", "e1", "e2"),
            kinds,
            Arbitraries.integers().between(0, 30),
            Arbitraries.of(true, false, false))
        .as(Step::new)
        .list()
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<List<Repeat>> repeats() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, 40);
    return Combinators.combine(places, places).as(Repeat::new).list().ofMaxSize(8);
  }

  /** What a database would hold. */
  private static final class Stored {

    private final Map<RunId, List<RunEvent>> streams = new HashMap<>();
    private final Map<String, JobOn> open = new LinkedHashMap<>();

    void append(Decision decision) {
      if (decision.events().isEmpty()) {
        return;
      }
      List<RunEvent> stream = streams.computeIfAbsent(decision.run(), _ -> new ArrayList<>());
      assertThat(decision.firstSequence()).isEqualTo(stream.size());
      stream.addAll(decision.events());
    }

    void list(RunBook book) {
      for (RunId run : book.closed()) {
        open.remove(run.value());
      }
      for (Opened opened : book.opened()) {
        open.putIfAbsent(
            opened.run().value(),
            JobOn.of(TENANT, opened.state().job(), opened.state().endpointId()));
      }
    }

    RunBook book() {
      RunBook book = new RunBook();
      streams.forEach((run, events) -> events.forEach(event -> book.enter(run, event)));
      List<String> latestFirst = new ArrayList<>(open.keySet()).reversed();
      for (String run : latestFirst) {
        JobOn job = open.get(run);
        if (job != null) {
          book.enterOpen(job, new RunId(TENANT, run));
        }
      }
      book.enterSettings(
          new JobKey(TENANT, new JobRef("default", "a")), new RunSettings("id", "c", MAX, GRACE));
      return book;
    }

    Map<String, String> statuses() {
      Map<String, String> statuses = new HashMap<>();
      streams.forEach(
          (run, events) -> {
            RunState state = RunState.initial();
            for (RunEvent event : events) {
              state = state.evolve(event);
            }
            statuses.put(run.value(), state.status().name());
          });
      return statuses;
    }
  }
}
