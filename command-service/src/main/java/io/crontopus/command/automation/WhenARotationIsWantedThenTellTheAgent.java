package io.crontopus.command.automation;

import io.crontopus.command.endpoint.CommandChannels;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.enrollment.events.EndpointTokenRotationWanted;
import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventLog;
import io.crontopus.eventstore.LogFollower;
import io.crontopus.eventstore.StoredEvent;
import java.util.Set;

/**
 * Tells an agent that somebody wants its endpoint's token exchanged. Runs on every node, each for
 * the agents that are connected to it; who is not connected is reminded later.
 */
public final class WhenARotationIsWantedThenTellTheAgent implements AutoCloseable {

  private final CommandChannels channels;
  private final LogFollower follower;

  private WhenARotationIsWantedThenTellTheAgent(EventLog events, CommandChannels channels) {
    this.channels = channels;
    this.follower =
        LogFollower.start(
            "rotate-tokens",
            events,
            Set.of(EventCatalog.nameOf(EndpointTokenRotationWanted.class).orElseThrow()),
            this::tell);
  }

  /** Starts to follow the log, until closed. */
  public static WhenARotationIsWantedThenTellTheAgent start(
      EventLog events, CommandChannels channels) {
    return new WhenARotationIsWantedThenTellTheAgent(events, channels);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void tell(StoredEvent stored) {
    EndpointTokenRotationWanted wanted = (EndpointTokenRotationWanted) stored.event();
    channels.rotate(new EndpointId(wanted.tenantId(), wanted.endpointId()), wanted.wantedAt());
  }
}
