package io.crontopus.command.endpoint;

import io.crontopus.endpoint.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The open command channels of this node's agents. What is sent is a nudge: an agent that misses it
 * asks by itself.
 */
public final class CommandChannels {

  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final int MOST_PENDING = 16;

  /** What an agent is told. */
  public sealed interface Command {

    /** Its name on the channel. */
    String wireName();
  }

  /** A nudge to fetch the repository. */
  public record Sync(String commit) implements Command {
    @Override
    public String wireName() {
      return "sync";
    }
  }

  /** A nudge to exchange the endpoint's token. */
  public record Rotate(Instant askedAt) implements Command {
    @Override
    public String wireName() {
      return "rotate";
    }
  }

  private final Map<EndpointId, Sinks.Many<Command>> channels = new ConcurrentHashMap<>();

  /** The channel of this endpoint; a new one ends an older one. */
  Flux<ServerSentEvent<Command>> open(EndpointId endpoint) {
    return Flux.defer(
        () -> {
          Sinks.Many<Command> sink =
              Sinks.many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_PENDING));
          Sinks.Many<Command> older = channels.put(endpoint, sink);
          if (older != null) {
            older.tryEmitComplete();
          }
          Sinks.Empty<Void> end = Sinks.empty();
          Flux<ServerSentEvent<Command>> nudges =
              sink.asFlux().map(CommandChannels::event).doOnTerminate(end::tryEmitEmpty);
          Flux<ServerSentEvent<Command>> comments =
              Flux.interval(Duration.ZERO, HEARTBEAT)
                  .onBackpressureDrop()
                  .map(_ -> ServerSentEvent.<Command>builder().comment("").build())
                  .takeUntilOther(end.asMono());
          return nudges.mergeWith(comments).doFinally(_ -> channels.remove(endpoint, sink));
        });
  }

  /** Tells all agents of this tenant that their repository moved. */
  public void sync(String tenantId, String commit) {
    channels.forEach(
        (endpoint, sink) -> {
          if (endpoint.tenantId().equals(tenantId)) {
            sink.tryEmitNext(new Sync(commit));
          }
        });
  }

  /** Tells an agent, if it is connected to this node, to exchange its endpoint's token. */
  public void rotate(EndpointId endpoint, Instant now) {
    Sinks.Many<Command> sink = channels.get(endpoint);
    if (sink != null) {
      sink.tryEmitNext(new Rotate(now));
    }
  }

  /** Ends the channel of an endpoint that is no longer trusted. */
  public void close(EndpointId endpoint) {
    Sinks.Many<Command> sink = channels.remove(endpoint);
    if (sink != null) {
      sink.tryEmitComplete();
    }
  }

  private static ServerSentEvent<Command> event(Command command) {
    return ServerSentEvent.builder(command).event(command.wireName()).build();
  }
}
