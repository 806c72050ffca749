package io.crontopus.projection.health;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.projection.health.HealthView.Audit;
import io.crontopus.projection.health.HealthView.Database;
import io.crontopus.projection.health.HealthView.Disk;
import io.crontopus.projection.health.HealthView.Following;
import io.crontopus.projection.health.HealthView.Pool;
import io.crontopus.projection.health.HealthView.Storage;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionAdmin.Status;
import io.crontopus.web.health.HealthPart;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes the platform's figures, at most every two seconds. Not for an event loop. */
final class SystemHealth {

  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final long LATE_SECONDS = 30;
  private static final long SILENT_SECONDS = 45;
  private static final double FULL = 0.05;

  /** Since when something waits for a projection; the one of heartbeats follows another log. */
  private static final String WAITING =
      """
      SELECT p.name, extract(epoch FROM clock_timestamp() - CASE WHEN p.name = 'heartbeats'
        THEN (SELECT recorded_at::timestamptz FROM event_store.telemetry_event
              WHERE global_index > p.position ORDER BY global_index LIMIT 1)
        ELSE (SELECT recorded_at::timestamptz FROM event_store.domain_event
              WHERE global_index > p.position ORDER BY global_index LIMIT 1)
        END)::bigint
      FROM read_model.projection_progress p
      """;

  private final DataSource dataSource;
  private final TenantDatabase database;
  private final ProjectionAdmin projections;
  private final Nodes nodes;
  private final Path folder;
  private final List<HealthPart> parts;
  private final Clock clock;
  private @Nullable HealthView latest;
  private long takenAt;

  SystemHealth(
      DataSource dataSource,
      TenantDatabase database,
      ProjectionAdmin projections,
      Nodes nodes,
      Path folder,
      List<HealthPart> parts,
      Clock clock) {
    this.dataSource = dataSource;
    this.database = database;
    this.projections = projections;
    this.nodes = nodes;
    this.folder = folder;
    this.parts = List.copyOf(parts);
    this.clock = clock;
  }

  /** The figures, not older than two seconds. Who asks meanwhile waits for whoever takes them. */
  synchronized HealthView view() {
    HealthView known = latest;
    if (known == null || System.nanoTime() - takenAt > FRESH.toNanos()) {
      known = take();
      latest = known;
      takenAt = System.nanoTime();
    }
    return known;
  }

  /**
   * What the database was asked for.
   *
   * @param waiting for how many seconds something waits, by projection
   */
  private record Measured(
      Database database,
      Map<String, Long> waiting,
      Audit audit,
      Storage storage,
      Map<String, Long> tenants) {}

  private Measured measured(JdbcClient jdbc) {
    return new Measured(
        database(jdbc),
        numbers(jdbc, WAITING),
        audit(jdbc),
        storage(jdbc),
        numbers(jdbc, "SELECT state, count(*) FROM identity.tenant GROUP BY state"));
  }

  private HealthView take() {
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>();
    Measured measured = database.inAll(this::measured);
    List<Following> following = following(measured.waiting());
    Disk disk = disk();
    List<Nodes.Node> seen = nodes.all();
    Map<String, Map<String, Object>> told = told(problems);
    complain(problems, measured.database(), following, measured.audit(), disk);
    seen.stream()
        .filter(node -> Duration.between(node.seenAt(), now).toSeconds() > SILENT_SECONDS)
        .forEach(node -> problems.add("the node on " + node.host() + " is not heard any more"));
    return new HealthView(
        problems.isEmpty() ? "ok" : "degraded",
        problems,
        Nodes.version(),
        nodes.startedAt(),
        Duration.between(nodes.startedAt(), now).toSeconds(),
        now,
        measured.database(),
        following,
        following.stream().mapToLong(Following::parked).sum(),
        measured.audit(),
        disk,
        measured.storage(),
        measured.tenants(),
        seen,
        told);
  }

  private static void complain(
      List<String> problems,
      Database database,
      List<Following> following,
      Audit audit,
      @Nullable Disk disk) {
    if (database.pool().waiting() > 0) {
      problems.add(database.pool().waiting() + " wait for a connection to the database");
    }
    for (Following projection : following) {
      if (projection.state().equals("behind")) {
        problems.add(
            "the projection %s is %d s behind"
                .formatted(projection.name(), projection.waitingSeconds()));
      }
      if (projection.parked() > 0) {
        problems.add("the projection " + projection.name() + " has parked " + projection.parked());
      }
    }
    if (audit.findings() > 0) {
      problems.add("the audit log has " + audit.findings() + " findings");
    }
    if (disk != null && disk.freeBytes() < disk.totalBytes() * FULL) {
      problems.add("the disk of " + disk.path() + " is nearly full");
    }
  }

  private Database database(JdbcClient jdbc) {
    long began = System.nanoTime();
    jdbc.sql("SELECT 1").query(Integer.class).single();
    double millis = Math.round((System.nanoTime() - began) / 10_000.0) / 100.0;
    return jdbc.sql(
            """
            SELECT pg_database_size(current_database()) AS size,
                   (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
                   current_setting('max_connections')::bigint AS most
            """)
        .query(
            (row, number) ->
                new Database(
                    millis,
                    row.getLong("size"),
                    row.getLong("connections"),
                    row.getLong("most"),
                    pool()))
        .single();
  }

  private Pool pool() {
    if (dataSource instanceof HikariDataSource hikari) {
      HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
      return new Pool(
          pool.getActiveConnections(),
          pool.getIdleConnections(),
          pool.getThreadsAwaitingConnection(),
          hikari.getMaximumPoolSize());
    }
    return new Pool(0, 0, 0, 0);
  }

  private List<Following> following(Map<String, Long> waiting) {
    return projections.list().stream()
        .map(status -> following(status, waiting.getOrDefault(status.name(), 0L)))
        .toList();
  }

  private static Following following(Status status, long waitingSeconds) {
    long lag = Math.max(0, status.head() - status.position());
    String state =
        status.rebuild() != null
            ? "rebuilding"
            : waitingSeconds > LATE_SECONDS ? "behind" : "following";
    return new Following(status.name(), state, lag, status.parked(), Math.max(0, waitingSeconds));
  }

  private static Audit audit(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT (SELECT count(*) FROM audit.finding) AS findings,
                   (SELECT coalesce(max(global_index), 0) FROM event_store.domain_event)
                     - (SELECT position FROM audit.progress) AS behind,
                   (SELECT extract(epoch FROM clock_timestamp() - checked_at)::bigint FROM audit.last_check)
                     AS checked
            """)
        .query(
            (row, number) ->
                new Audit(
                    row.getLong("findings"),
                    Math.max(0, row.getLong("behind")),
                    row.getObject("checked", Long.class)))
        .single();
  }

  private @Nullable Disk disk() {
    try {
      FileStore store = Files.getFileStore(existing(folder.toAbsolutePath()));
      return new Disk(folder.toString(), store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      return null;
    }
  }

  /** The folder, or the one in which it will be made. */
  private static Path existing(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static Storage storage(JdbcClient jdbc) {
    return jdbc.sql(
            """
            SELECT coalesce(sum(log_bytes), 0) AS log, coalesce(sum(git_bytes), 0) AS git
            FROM read_model.usage_storage
            """)
        .query((row, number) -> new Storage(row.getLong("log"), row.getLong("git")))
        .single();
  }

  /** What a query says of each name, in the order of the names. */
  private static Map<String, Long> numbers(JdbcClient jdbc, String query) {
    Map<String, Long> numbers = new TreeMap<>();
    jdbc.sql(query)
        .query((RowCallbackHandler) row -> numbers.put(row.getString(1), row.getLong(2)));
    return numbers;
  }

  private Map<String, Map<String, Object>> told(List<String> problems) {
    Map<String, Map<String, Object>> told = new LinkedHashMap<>();
    for (HealthPart part : parts) {
      Map<String, Object> measured = part.measure();
      told.put(part.name(), measured);
      part.complaint(measured).ifPresent(problems::add);
    }
    return told;
  }
}
