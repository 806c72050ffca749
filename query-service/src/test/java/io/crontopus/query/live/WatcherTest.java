package io.crontopus.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.test.StepVerifier;

/** What a client that is slow, or comes back, gets to see. */
class WatcherTest {

  private static final int MOST = 10;

  private final AtomicReference<Watcher> opened = new AtomicReference<>();
  private final Flux<ServerSentEvent<String>> stream =
      Flux.create(
          sink -> opened.set(new Watcher(EnumSet.of(Topic.RUNS), MOST, sink)),
          OverflowStrategy.ERROR);

  @Test
  void aSlowClientGetsTheLatestStateOfEachResourceInTheOrderOfTheChanges() {
    StepVerifier.create(stream, 0)
        .then(() -> watcher().begin(List.of(), LiveHub.UNKNOWN))
        .then(() -> watcher().offer(List.of(run(1, "a"), run(2, "b"))))
        .then(() -> watcher().offer(List.of(run(3, "a"))))
        .thenRequest(10)
        .assertNext(event -> assertThat(event.data()).isEqualTo("b@2"))
        .assertNext(event -> assertThat(event.data()).isEqualTo("a@3"))
        .assertNext(event -> assertThat(event.comment()).isNotNull())
        .thenCancel()
        .verify();
  }

  @Test
  void aClientThatIsTooSlowIsToldToReadAnewAndThenGoesOn() {
    StepVerifier.create(stream, 0)
        .then(() -> watcher().begin(List.of(), LiveHub.UNKNOWN))
        .then(() -> watcher().offer(runs(1, 100)))
        .then(() -> watcher().offer(runs(101, 103)))
        .thenRequest(4)
        .assertNext(
            event -> {
              assertThat(event.event()).isEqualTo("reset");
              assertThat(event.id()).isEqualTo("103");
            })
        .assertNext(event -> assertThat(event.data()).isEqualTo("run101@101"))
        .assertNext(event -> assertThat(event.data()).isEqualTo("run102@102"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("103"))
        .thenCancel()
        .verify();
  }

  @Test
  void whatIsMissedComesBeforeWhatHappensMeanwhileAndNeverOverIt() {
    StepVerifier.create(stream)
        .then(() -> watcher().offer(List.of(run(8, "a"))))
        .then(() -> watcher().begin(List.of(run(5, "a"), run(6, "b")), 7))
        .assertNext(event -> assertThat(event.data()).isEqualTo("b@6"))
        .assertNext(event -> assertThat(event.data()).isEqualTo("a@8"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("8"))
        .thenCancel()
        .verify();
  }

  @Test
  void cursorsNeverGoBack() {
    StepVerifier.create(stream)
        .then(() -> watcher().begin(List.of(), 4))
        .assertNext(event -> assertThat(event.id()).isEqualTo("4"))
        .then(() -> watcher().offer(List.of(run(9, "a"), run(7, "b"))))
        .assertNext(event -> assertThat(event.id()).isEqualTo("9"))
        .assertNext(event -> assertThat(event.id()).isEqualTo("9"))
        .thenCancel()
        .verify();
  }

  @Test
  void aClientThatIsToldOfAChangeBeforeAnEarlierOneCanComeBackForThat() {
    StepVerifier.create(stream)
        .then(() -> watcher().begin(List.of(), 4))
        .assertNext(event -> assertThat(event.id()).isEqualTo("4"))
        .then(
            () -> watcher().offer(List.of(new LiveEvent(9, 6, new Resource(Topic.RUNS, "a"), "a"))))
        .assertNext(event -> assertThat(event.id()).isEqualTo("6"))
        .thenCancel()
        .verify();
  }

  @Test
  void topicsThatAreNotWatchedAreLeftOut() {
    StepVerifier.create(stream)
        .then(() -> watcher().begin(List.of(), LiveHub.UNKNOWN))
        .assertNext(event -> assertThat(event.id()).isNull())
        .then(
            () -> watcher().offer(List.of(new LiveEvent(1, 1, new Resource(Topic.JOBS, "j"), "j"))))
        .then(() -> watcher().offer(List.of(run(2, "a"))))
        .assertNext(event -> assertThat(event.data()).isEqualTo("a@2"))
        .thenCancel()
        .verify();
  }

  private Watcher watcher() {
    return Objects.requireNonNull(opened.get());
  }

  private static List<LiveEvent> runs(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> run(i, "run" + i)).toList();
  }

  private static LiveEvent run(long id, String key) {
    return new LiveEvent(id, id, new Resource(Topic.RUNS, key), key + "@" + id);
  }
}
