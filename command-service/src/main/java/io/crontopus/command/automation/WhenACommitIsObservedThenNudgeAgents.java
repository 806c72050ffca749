package io.crontopus.command.automation;

import static org.axonframework.eventhandling.TrackingEventProcessorConfiguration.forSingleThreadedProcessing;

import io.crontopus.command.endpoint.CommandChannels;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.git.events.CommitObserved;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventMessageHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.jspecify.annotations.Nullable;

/**
 * Tells the agents of a tenant that their repository moved. Runs on every node, each for the agents
 * that are connected to it, from now on and never for what is past: a nudge that is lost costs an
 * agent one interval of its own.
 */
public final class WhenACommitIsObservedThenNudgeAgents
    implements EventMessageHandler, AutoCloseable {

  private final CommandChannels channels;
  private final TrackingEventProcessor processor;

  private WhenACommitIsObservedThenNudgeAgents(EventStreams streams, CommandChannels channels) {
    this.channels = channels;
    processor =
        TrackingEventProcessor.builder()
            .name("nudge-agents")
            .messageSource(streams.domain())
            .eventHandlerInvoker(SimpleEventHandlerInvoker.builder().eventHandlers(this).build())
            .errorHandler(PropagatingErrorHandler.instance())
            .tokenStore(new InMemoryTokenStore())
            .transactionManager(NoTransactionManager.instance())
            .trackingEventProcessorConfiguration(
                forSingleThreadedProcessing()
                    .andInitialTrackingToken(source -> source.createHeadToken()))
            .build();
  }

  /** Starts to follow the log, until closed. */
  public static WhenACommitIsObservedThenNudgeAgents start(
      EventStreams streams, CommandChannels channels) {
    WhenACommitIsObservedThenNudgeAgents automation =
        new WhenACommitIsObservedThenNudgeAgents(streams, channels);
    automation.processor.start();
    return automation;
  }

  @Override
  public @Nullable Object handle(EventMessage<?> message) {
    if (message.getPayload() instanceof CommitObserved commit) {
      channels.sync(commit.tenantId(), commit.commit());
    }
    return null;
  }

  @Override
  public void close() {
    processor.shutDown();
  }
}
