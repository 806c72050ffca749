package io.crontopus.projection;

import static org.axonframework.eventhandling.TrackingEventProcessorConfiguration.forSingleThreadedProcessing;

import io.crontopus.endpoint.events.HeartbeatsObserved;
import io.crontopus.eventstore.EventStreams;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.async.SequencingPolicy;
import org.axonframework.eventhandling.async.SequentialPerAggregatePolicy;
import org.axonframework.eventhandling.deadletter.DeadLetteringEventHandlerInvoker;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs the projections: follows the streams, keeps tokens, parks what cannot be handled, rebuilds
 * on demand.
 */
public final class ProjectionProcessors implements AutoCloseable {

  private static final int BATCH_SIZE = 256;

  /**
   * How soon another node, or this one after a crash, takes over a processor that shows no sign of
   * life.
   */
  private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);

  private static final long CLAIM_RETRY_MILLIS = 1_000;

  private final EventStreams streams;
  private final TransactionTemplate savepoint;
  private final TokenStore tokens;
  private final Map<String, TrackingEventProcessor> processors = new LinkedHashMap<>();
  private final Map<String, SequencedDeadLetterQueue<EventMessage<?>>> deadLetters =
      new LinkedHashMap<>();

  /** Prepares the processors; {@link #start} lets them run. */
  public ProjectionProcessors(
      EventStreams streams,
      PlatformTransactionManager transactionManager,
      List<Projection> ofDomainEvents,
      List<Projection> ofTelemetry) {
    this.streams = streams;
    this.savepoint = new TransactionTemplate(transactionManager);
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    this.tokens =
        JdbcTokenStore.builder()
            .connectionProvider(streams.connections())
            .serializer(streams.serializer())
            .schema(tokenSchema())
            .claimTimeout(CLAIM_TIMEOUT)
            .contentType(byte[].class)
            .build();
    ofDomainEvents.forEach(
        projection -> add(projection, streams.domain(), SequentialPerAggregatePolicy.instance()));
    ofTelemetry.forEach(projection -> add(projection, streams.telemetry(), perShard()));
  }

  /** Starts all processors. */
  public void start() {
    processors.values().forEach(TrackingEventProcessor::start);
  }

  @Override
  public void close() {
    processors.values().forEach(TrackingEventProcessor::shutDown);
  }

  /** The names of the projections. */
  public List<String> names() {
    return List.copyOf(processors.keySet());
  }

  /** How many events of this projection are parked because they could not be handled. */
  public long parked(String projection) {
    return Objects.requireNonNull(deadLetters.get(projection), projection).size();
  }

  /**
   * Where this projection stands: the position of the last event it took; -1 when it took none yet.
   */
  public long position(String projection) {
    return processor(projection).processingStatus().values().stream()
        .mapToLong(status -> status.getCurrentPosition().orElse(-1))
        .min()
        .orElse(-1);
  }

  /** Empties the projection's tables and lets it take all events again. */
  public void rebuild(String projection) {
    TrackingEventProcessor processor = processor(projection);
    processor.shutDown();
    streams.transactions().executeInTransaction(() -> clearParked(projection));
    processor.resetTokens();
    processor.start();
  }

  private void clearParked(String projection) {
    Objects.requireNonNull(deadLetters.get(projection), projection).clear();
  }

  private TrackingEventProcessor processor(String projection) {
    TrackingEventProcessor processor = processors.get(projection);
    if (processor == null) {
      throw new IllegalArgumentException("no projection is named " + projection);
    }
    return processor;
  }

  private void add(
      Projection projection,
      EmbeddedEventStore source,
      SequencingPolicy<? super EventMessage<?>> sequencing) {
    SequencedDeadLetterQueue<EventMessage<?>> parked =
        JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
            .processingGroup(projection.name())
            .connectionProvider(streams.connections())
            .transactionManager(streams.transactions())
            .schema(deadLetterSchema())
            .genericSerializer(streams.serializer())
            .eventSerializer(streams.serializer())
            .build();
    DeadLetteringEventHandlerInvoker invoker =
        DeadLetteringEventHandlerInvoker.builder()
            .eventHandlers(List.of(new ProjectionHandler(projection, savepoint)))
            .sequencingPolicy(sequencing)
            .queue(parked)
            .transactionManager(streams.transactions())
            .allowReset(true)
            .enableSequenceIdentifierCache()
            .build();
    deadLetters.put(projection.name(), parked);
    processors.put(
        projection.name(),
        TrackingEventProcessor.builder()
            .name(projection.name())
            .messageSource(source)
            .eventHandlerInvoker(invoker)
            .errorHandler(PropagatingErrorHandler.instance())
            .tokenStore(tokens)
            .transactionManager(streams.transactions())
            .trackingEventProcessorConfiguration(
                forSingleThreadedProcessing()
                    .andBatchSize(BATCH_SIZE)
                    .andTokenClaimInterval(CLAIM_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                    .andInitialTrackingToken(stream -> stream.createTailToken()))
            .build());
  }

  /** Heartbeats belong to no aggregate: those of a shard are in order. */
  private static SequencingPolicy<EventMessage<?>> perShard() {
    return event ->
        event.getPayload() instanceof HeartbeatsObserved observed
            ? "shard-" + observed.shard()
            : "none";
  }

  private static TokenSchema tokenSchema() {
    return TokenSchema.builder()
        .setTokenTable("read_model.token_entry")
        .setProcessorNameColumn("processor_name")
        .setSegmentColumn("segment")
        .setTokenColumn("token")
        .setTokenTypeColumn("token_type")
        .setTimestampColumn("timestamp")
        .setOwnerColumn("owner")
        .build();
  }

  private static DeadLetterSchema deadLetterSchema() {
    return DeadLetterSchema.builder()
        .deadLetterTable("read_model.dead_letter")
        .deadLetterIdentifierColumn("dead_letter_id")
        .processingGroupColumn("processing_group")
        .sequenceIdentifierColumn("sequence_identifier")
        .sequenceIndexColumn("sequence_index")
        .messageTypeColumn("message_type")
        .eventIdentifierColumn("event_identifier")
        .timestampColumn("event_timestamp")
        .payloadTypeColumn("payload_type")
        .payloadRevisionColumn("payload_revision")
        .payloadColumn("payload")
        .metaDataColumn("metadata")
        .aggregateTypeColumn("aggregate_type")
        .aggregateIdentifierColumn("aggregate_id")
        .sequenceNumberColumn("sequence_number")
        .tokenTypeColumn("token_type")
        .tokenColumn("token")
        .enqueuedAtColumn("enqueued_at")
        .lastTouchedColumn("last_touched")
        .processingStartedColumn("processing_started")
        .causeTypeColumn("cause_type")
        .causeMessageColumn("cause_message")
        .diagnosticsColumn("diagnostics")
        .build();
  }
}
