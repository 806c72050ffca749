package io.crontopus.command.automation;

import io.crontopus.endpoint.events.EndpointEnrolled;
import io.crontopus.endpoint.events.EndpointRevoked;
import io.crontopus.enrollment.events.EndpointTokenRotated;
import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.LogFollower;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.identity.Caller;
import io.crontopus.login.events.RefreshTokenReused;
import io.crontopus.login.events.SessionsEnded;
import io.crontopus.login.events.SigningKeyRotated;
import io.crontopus.tenant.events.ApiTokenRevoked;
import io.crontopus.user.events.RoleChanged;
import io.crontopus.user.events.UserRemoved;
import io.crontopus.web.stream.OpenStreams;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has the streams of this node looked at whose credentials something happened to, on whatever node
 * it happened. Runs on every node, from now on: what opens later is looked at when it does.
 */
public final class WhenACredentialEndsThenEndItsStreams implements AutoCloseable {

  private static final Set<String> NAMES =
      Stream.of(
              ApiTokenRevoked.class,
              SessionsEnded.class,
              RefreshTokenReused.class,
              RoleChanged.class,
              UserRemoved.class,
              SigningKeyRotated.class,
              EndpointRevoked.class,
              EndpointEnrolled.class,
              EndpointTokenRotated.class)
          .map(type -> EventCatalog.nameOf(type).orElseThrow())
          .collect(Collectors.toUnmodifiableSet());

  private final OpenStreams streams;
  private final LogFollower follower;

  private WhenACredentialEndsThenEndItsStreams(EventLog events, OpenStreams streams) {
    this.streams = streams;
    this.follower = LogFollower.start("end-streams", events, NAMES, this::handle);
  }

  /** Starts to follow the log, until closed. */
  public static WhenACredentialEndsThenEndItsStreams start(EventLog events, OpenStreams streams) {
    return new WhenACredentialEndsThenEndItsStreams(events, streams);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void handle(StoredEvent stored) {
    streams.changed(whose(stored.event()));
  }

  private static Predicate<Caller> whose(Object event) {
    return switch (event) {
      case ApiTokenRevoked e ->
          caller -> caller.kind() == Caller.Kind.API_TOKEN && caller.subject().equals(e.tokenId());
      case SessionsEnded e ->
          caller -> caller.sessionId() != null && e.sessionIds().contains(caller.sessionId());
      case RefreshTokenReused e -> caller -> Objects.equals(caller.sessionId(), e.sessionId());
      case RoleChanged e -> caller -> Objects.equals(caller.userId(), e.userId());
      case UserRemoved e -> caller -> Objects.equals(caller.userId(), e.userId());
      case SigningKeyRotated e -> caller -> e.atOnce() && caller.kind() == Caller.Kind.USER;
      case EndpointRevoked e -> endpoint(e.tenantId(), e.endpointId());
      case EndpointEnrolled e -> endpoint(e.tenantId(), e.endpointId());
      case EndpointTokenRotated e -> endpoint(e.tenantId(), e.endpointId());
      default -> _ -> false;
    };
  }

  private static Predicate<Caller> endpoint(String tenantId, String endpointId) {
    return caller ->
        caller.kind() == Caller.Kind.ENDPOINT
            && caller.subject().equals(endpointId)
            && caller.tenantId().equals(tenantId);
  }
}
