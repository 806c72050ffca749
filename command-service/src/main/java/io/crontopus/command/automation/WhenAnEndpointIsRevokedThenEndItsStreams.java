package io.crontopus.command.automation;

import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.enrollment.events.EndpointTokenRotated;
import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.LogFollower;
import io.crontopus.eventstore.StoredEvent;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ends what an endpoint has open on this node when its token is taken away, or replaced by that of
 * a new enrollment, on whatever node that happened. Runs on every node, from now on.
 */
public final class WhenAnEndpointIsRevokedThenEndItsStreams implements AutoCloseable {

  private static final Set<String> NAMES =
      Stream.of(EndpointRevoked.class, EndpointEnrolled.class, EndpointTokenRotated.class)
          .map(type -> EventCatalog.nameOf(type).orElseThrow())
          .collect(Collectors.toUnmodifiableSet());

  private final Consumer<EndpointId> end;
  private final Consumer<EndpointId> check;
  private final LogFollower follower;

  private WhenAnEndpointIsRevokedThenEndItsStreams(
      EventLog events, Consumer<EndpointId> end, Consumer<EndpointId> check) {
    this.end = end;
    this.check = check;
    this.follower = LogFollower.start("end-revoked-streams", events, NAMES, this::handle);
  }

  /**
   * Starts to follow the log, until closed.
   *
   * @param end ends what the endpoint has open
   * @param check ends what it has open with a token that is not good any more
   */
  public static WhenAnEndpointIsRevokedThenEndItsStreams start(
      EventLog events, Consumer<EndpointId> end, Consumer<EndpointId> check) {
    return new WhenAnEndpointIsRevokedThenEndItsStreams(events, end, check);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void handle(StoredEvent stored) {
    switch (stored.event()) {
      case EndpointRevoked e -> end.accept(new EndpointId(e.tenantId(), e.endpointId()));
      case EndpointEnrolled e -> {
        if (e.again()) {
          end.accept(new EndpointId(e.tenantId(), e.endpointId()));
        }
      }
      case EndpointTokenRotated e -> check.accept(new EndpointId(e.tenantId(), e.endpointId()));
      default -> {}
    }
  }
}
