package io.crontopus.command.automation;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.StoredEvent;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what an endpoint has open on this node when its token is taken away, or replaced by that of
 * a new enrollment, on whatever node that happened. Runs on every node, from now on.
 */
public final class WhenAnEndpointIsRevokedThenEndItsStreams implements AutoCloseable {

  private static final Logger log =
      LoggerFactory.getLogger(WhenAnEndpointIsRevokedThenEndItsStreams.class);
  private static final Set<String> NAMES =
      Stream.of(EndpointRevoked.class, EndpointEnrolled.class)
          .map(type -> EventCatalog.nameOf(type).orElseThrow())
          .collect(Collectors.toUnmodifiableSet());
  private static final int AT_ONCE = 1_000;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final EventLog events;
  private final Consumer<EndpointId> end;
  private final Thread thread =
      Thread.ofVirtual().name("end-revoked-streams").unstarted(this::follow);

  private WhenAnEndpointIsRevokedThenEndItsStreams(EventLog events, Consumer<EndpointId> end) {
    this.events = events;
    this.end = end;
  }

  /** Starts to follow the log, until closed. */
  public static WhenAnEndpointIsRevokedThenEndItsStreams start(
      EventLog events, Consumer<EndpointId> end) {
    WhenAnEndpointIsRevokedThenEndItsStreams automation =
        new WhenAnEndpointIsRevokedThenEndItsStreams(events, end);
    automation.thread.start();
    return automation;
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void follow() {
    long position = -1;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        long seen = events.signals();
        position = position < 0 ? events.head() : handle(position);
        events.awaitMore(seen, PAUSE);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        log.debug("revocations are noticed later: {}", e.getMessage());
        try {
          Thread.sleep(PAUSE);
        } catch (InterruptedException stop) {
          return;
        }
      }
    }
  }

  private long handle(long after) {
    long position = after;
    EventBatch batch;
    do {
      batch = events.read(position, NAMES, AT_ONCE);
      for (StoredEvent stored : batch.events()) {
        switch (stored.event()) {
          case EndpointRevoked e -> end.accept(new EndpointId(e.tenantId(), e.endpointId()));
          case EndpointEnrolled e -> {
            if (e.again()) {
              end.accept(new EndpointId(e.tenantId(), e.endpointId()));
            }
          }
          default -> {}
        }
      }
      position = batch.upTo();
    } while (batch.events().size() == AT_ONCE);
    return position;
  }
}
