package io.crontopus.command.endpoint.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.command.DatabaseConfiguration;
import io.crontopus.command.TestDatabase;
import io.crontopus.command.bus.Commands;
import io.crontopus.command.endpoint.heartbeat.HeartbeatSettings;
import io.crontopus.endpoint.Endpoint;
import io.crontopus.endpoint.EndpointHandler;
import io.crontopus.endpoint.EndpointId;
import io.crontopus.endpoint.Fleet;
import io.crontopus.endpoint.FleetHandler;
import io.crontopus.endpoint.commands.EnrollEndpoint;
import io.crontopus.endpoint.commands.RevokeEndpoint;
import io.crontopus.endpoint.events.HeartbeatsCollected;
import io.crontopus.endpoint.events.PackedHeartbeats;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.eventstore.NewEvent;
import io.crontopus.eventstore.StoredEvent;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.projection.ProjectionsConfiguration;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.web.AuditTrail;
import io.crontopus.web.Origin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.Repository;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Endpoints whose heartbeats come at the times that a test says, on a real database. */
final class WatchedFleet implements AutoCloseable {

  static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration BREATH = Duration.ofSeconds(5);

  private final TestDatabase database = new TestDatabase();
  private final AnnotationConfigApplicationContext context;
  private final EventStreams streams;
  private final Commands commands;
  private final JdbcClient jdbc;
  private final Map<String, EndpointId> endpoints = new TreeMap<>();
  private Instant now = START;

  WatchedFleet() {
    context = new AnnotationConfigApplicationContext();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "test",
                Map.of(
                    "crontopus.database.url",
                    database.url(),
                    "crontopus.database.username",
                    database.user())));
    context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    context.register(
        JacksonAutoConfiguration.class,
        DatabaseConfiguration.class,
        ProjectionsConfiguration.class);
    context.registerBean(AuditTrail.class, () -> WatchedFleet::nobodyOperates);
    context.refresh();
    streams = context.getBean(EventStreams.class);
    jdbc = JdbcClient.create(database.unlimited());
    commands = newCommands();
  }

  private static void nobodyOperates(Origin origin, Object event) {
    throw new AssertionError(origin + " did " + event);
  }

  /** A watch as a node has it. */
  EndpointWatch watch() {
    return watch(commands);
  }

  /** A watch of another node. */
  EndpointWatch otherWatch() {
    return watch(newCommands());
  }

  void enroll(String tenant, String... names) {
    for (String name : names) {
      EndpointId endpoint = EndpointId.ofMachine(tenant, name);
      endpoints.put(name, endpoint);
      send(
          new EnrollEndpoint(endpoint, name, name, name, "linux", "1", Map.of(), "token", now),
          tenant);
    }
    await().untilAsserted(() -> assertThat(states().keySet()).containsAll(List.of(names)));
  }

  void revoke(String name) {
    EndpointId endpoint = endpoint(name);
    send(new RevokeEndpoint(endpoint, now), endpoint.tenantId());
  }

  Instant now() {
    return now;
  }

  /** The platform does not run for a while. */
  void nobodyListens(Duration time) {
    now = now.plus(time);
  }

  /** The platform listens for a while, and hears these every 30 seconds, one after the other. */
  void hear(Duration time, String... names) {
    Instant until = now.plus(time);
    int beat = 0;
    while (now.isBefore(until)) {
      now = now.plus(BREATH);
      List<String> heard = new ArrayList<>();
      for (int i = 0; i < names.length; i++) {
        if ((beat + i) % 6 == 0) {
          heard.add(names[i]);
        }
      }
      append(now, heard, "1");
      beat++;
    }
  }

  /** These are heard at once, and say that they run this version. */
  void hearVersion(String version, String... names) {
    now = now.plusSeconds(1);
    append(now, List.of(names), version);
  }

  /** These are heard at once by a node whose clock shows tomorrow. */
  void hearTomorrow(String... names) {
    append(Instant.now().plus(Duration.ofDays(1)), List.of(names), "1");
  }

  /** What was heard is known as if it had been heard tomorrow. */
  void knowTomorrow() {
    jdbc.sql("UPDATE read_model.endpoint_heartbeat SET last_seen_at = now() + interval '1 day'")
        .update();
    jdbc.sql(
            """
            UPDATE read_model.heartbeat_progress
            SET heard_until = now() + interval '1 day', listening_since = now() + interval '1 day'
            """)
        .update();
  }

  /**
   * Waits until all that was heard is known, and lets the watch look until it has no more to say.
   */
  void look(EndpointWatch watch) {
    awaitHeard();
    long before;
    do {
      before = streams.domainLog().head();
      watch.look();
      awaitProjection();
    } while (streams.domainLog().head() != before);
  }

  void awaitHeard() {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql("SELECT heard_until FROM read_model.heartbeat_progress")
                            .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                            .optional())
                    .hasValue(now));
  }

  /** A projection stands still until this is closed, as one that lags far behind. */
  Connection hold(String projection) throws SQLException {
    Connection connection = database.unlimited().getConnection();
    connection.setAutoCommit(false);
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT position FROM read_model.projection_progress WHERE name = ? FOR UPDATE")) {
      lock.setString(1, projection);
      assertThat(lock.executeQuery().next()).isTrue();
    }
    return connection;
  }

  /** Builds the tables of a projection again, which then serve in place of those before. */
  void rebuild(String projection) {
    ProjectionAdmin admin = context.getBean(ProjectionAdmin.class);
    assertThat(admin.rebuild(projection, "test")).isTrue();
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql("SELECT count(*) FROM read_model.projection_rebuild")
                            .query(Integer.class)
                            .single())
                    .isZero());
  }

  /** The states by name, as the read model has them. */
  Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    jdbc.sql("SELECT name, state FROM read_model.endpoint")
        .query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
    return states;
  }

  /** What happened to it since its enrollment, by the names of the events. */
  List<String> story(String name) {
    return events(endpoint(name).toString());
  }

  List<String> fleetStory(String tenant) {
    return events("fleet:" + tenant);
  }

  List<StoredEvent> all() {
    return streams.domainLog().read(0, Set.of(), 10_000).events();
  }

  /** Everything that happened to endpoints is in the read model. */
  void awaitProjection() {
    long last =
        all().stream()
            .filter(e -> e.name().startsWith("endpoint.") || e.name().startsWith("fleet."))
            .mapToLong(StoredEvent::position)
            .max()
            .orElse(0);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.sql(
                                "SELECT position FROM read_model.projection_progress WHERE name = 'endpoints'")
                            .query(Long.class)
                            .single())
                    .isGreaterThanOrEqualTo(last));
  }

  @Override
  public void close() {
    commands.close();
    context.close();
    database.close();
  }

  private List<String> events(String aggregate) {
    return all().stream()
        .filter(event -> event.aggregateId().equals(aggregate))
        .map(StoredEvent::name)
        .filter(name -> !name.equals("endpoint.enrolled"))
        .toList();
  }

  private EndpointId endpoint(String name) {
    return Objects.requireNonNull(endpoints.get(name));
  }

  private void append(Instant at, List<String> names, String version) {
    List<HeartbeatsCollected.Alike> alike = new ArrayList<>();
    for (String name : names) {
      PackedHeartbeats packed = new PackedHeartbeats(at);
      packed.add(UUID.fromString(endpoint(name).value()), at.toEpochMilli(), at.toEpochMilli(), 0L);
      alike.add(
          new HeartbeatsCollected.Alike(
              endpoint(name).tenantId(), version, "cron", true, null, packed.pack()));
    }
    HeartbeatsCollected event = new HeartbeatsCollected(at, names.size(), alike);
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(
            _ -> streams.telemetryLog().append(List.of(NewEvent.alone(event, Map.of(), at))));
  }

  private void send(Object command, String tenant) {
    commands.sendAndWait(command, Origin.system(tenant));
  }

  private EndpointWatch watch(Commands through) {
    return new EndpointWatch(
        JdbcClient.create(context.getBean(DataSource.class)),
        new HeartbeatSettings(
            Duration.ofSeconds(30),
            3,
            Duration.ofMinutes(10),
            3,
            100,
            Duration.ofMinutes(5),
            Duration.ofDays(30)),
        through);
  }

  private Commands newCommands() {
    Commands bus =
        new Commands(streams.transactions(), context.getBean(TenantDatabase.class), 4, 100);
    bus.register(new EndpointHandler(repository(Endpoint.class), _ -> {}));
    bus.register(new FleetHandler(repository(Fleet.class)));
    return bus;
  }

  private <T> Repository<T> repository(Class<T> type) {
    return EventSourcingRepository.builder(type).eventStore(streams.domain()).build();
  }
}
