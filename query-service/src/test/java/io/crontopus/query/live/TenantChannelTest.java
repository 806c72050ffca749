package io.crontopus.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** What those who watch a tenant are told when its changes cannot be read at once. */
class TenantChannelTest {

  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Sinks.One<Map<String, String>> firstRead = Sinks.one();
  private final AtomicBoolean readBefore = new AtomicBoolean();
  private final TenantChannel channel =
      new TenantChannel(
          "acme",
          new ResourceReader(
              JsonMapper.builder().build(),
              Map.of(
                  Topic.RUNS,
                  (_, _) ->
                      readBefore.getAndSet(true)
                          ? Mono.just(Map.<String, String>of())
                          : firstRead.asMono())));
  private final AtomicReference<Watcher> opened = new AtomicReference<>();
  private final Flux<ServerSentEvent<String>> stream =
      Flux.create(
          sink -> opened.set(new Watcher(EnumSet.of(Topic.RUNS), 10, sink)),
          OverflowStrategy.ERROR);

  @Test
  void whatCouldNotBeReadIsToldBeforeWhatChangedSince() {
    StepVerifier.create(stream)
        .then(
            () -> {
              Watcher watcher = Objects.requireNonNull(opened.get());
              channel.add(watcher);
              watcher.begin(List.of(), LiveHub.UNKNOWN);
              changed(1, "a");
              changed(2, "b");
              channel.tell();
              changed(3, "c");
              firstRead.emitError(
                  new IllegalStateException("away"), Sinks.EmitFailureHandler.FAIL_FAST);
            })
        .assertNext(event -> assertThat(event.comment()).isNotNull())
        .assertNext(event -> assertThat(event.data()).contains("\"a\""))
        .assertNext(event -> assertThat(event.data()).contains("\"b\""))
        .assertNext(event -> assertThat(event.data()).contains("\"c\""))
        .thenCancel()
        .verify(LONGEST);
  }

  private void changed(long id, String key) {
    channel.changed(new Change(id, "acme", new Resource(Topic.RUNS, key)), id);
  }
}
