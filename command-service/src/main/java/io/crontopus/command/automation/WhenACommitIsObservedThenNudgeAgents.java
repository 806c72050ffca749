package io.crontopus.command.automation;

import io.crontopus.command.endpoint.CommandChannels;
import io.crontopus.event.EventCatalog;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.LogFollower;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.git.events.CommitObserved;
import java.util.Set;

/**
 * Tells the agents of a tenant that their repository moved. Runs on every node, each for the agents
 * that are connected to it, from now on and never for what is past: a nudge that is lost costs an
 * agent one interval of its own.
 */
public final class WhenACommitIsObservedThenNudgeAgents implements AutoCloseable {

  private final CommandChannels channels;
  private final LogFollower follower;

  private WhenACommitIsObservedThenNudgeAgents(EventStreams streams, CommandChannels channels) {
    this.channels = channels;
    this.follower =
        LogFollower.start(
            "nudge-agents",
            streams.domainLog(),
            Set.of(EventCatalog.nameOf(CommitObserved.class).orElseThrow()),
            this::nudge);
  }

  /** Starts to follow the log, until closed. */
  public static WhenACommitIsObservedThenNudgeAgents start(
      EventStreams streams, CommandChannels channels) {
    return new WhenACommitIsObservedThenNudgeAgents(streams, channels);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void nudge(StoredEvent stored) {
    CommitObserved commit = (CommitObserved) stored.event();
    channels.sync(commit.tenantId(), commit.commit());
  }
}
