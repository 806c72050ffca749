package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.eventstore.EventStreams;
import io.crontopus.identity.ApiToken;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentToken;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.Role;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.Session;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.identity.User;
import io.crontopus.identity.UserStore;
import io.crontopus.job.events.JobRemoved;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database keeps tenants apart by itself: with the features' own statements, whose conditions
 * about the tenant are taken away.
 */
class TenantTablesIT {

  /** Tables with tenants that have no policy, and why. */
  private static final Map<String, String> WITHOUT_POLICY =
      Map.of(
          "read_model.ui_change",
          "keys of what changed, which each node reads once for all who watch; what they show is read by tenant");

  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String A_USER = "user-of-a";
  private static final String A_TOKEN = "token-of-a";
  private static final String A_ENROLLMENT = "enrollment-of-a";
  private static final String A_SESSION = "session-of-a";
  private static final String A_REFRESH = SecretToken.issue(SecretToken.Kind.REFRESH);
  private static final EndpointTokenStore.Owner A_ENDPOINT =
      new EndpointTokenStore.Owner("a", "endpoint-of-a");

  private static TenantTables tables;
  private static HikariDataSource intake;

  @BeforeAll
  static void oneTenantHasEverything() {
    tables = new TenantTables();
    intake = tables.in("crontopus_intake");
    TenantDatabase database = new TenantDatabase(intake);
    for (String tenant : List.of("a", "b")) {
      boolean _ = database.in(tenant, _ -> new UserStore(database).addTenant(tenant, NOW));
    }
    UserStore users = new UserStore(database);
    boolean _ = database.in("a", _ -> users.addUser(user("a", A_USER)));
    new ApiTokenStore(database).add(apiToken("a", A_USER, A_TOKEN), secret());
    new EnrollmentTokenStore(database).add(enrollmentToken("a", A_ENROLLMENT), secret());
    new EndpointTokenStore(database).replace(A_ENDPOINT, secret(), NOW);
    boolean _ =
        database.in(
            "a",
            _ -> {
              new SessionStore(database).open(session(A_USER, A_SESSION), A_REFRESH);
              return true;
            });
    JdbcClient superuser = tables.superuser();
    superuser
        .sql(
            """
            INSERT INTO identity.invitation
            VALUES ('i', 'a', 'x@example.org', 'viewer', 'cti_1234', 'h', :user, now(), now() + interval '1 day')
            """)
        .param("user", A_USER)
        .update();
    superuser
        .sql(
            """
            INSERT INTO identity.failed_login (user_id, unreported, first_at, last_at, tenant_id)
            VALUES (:user, 1, now(), now(), 'a')
            """)
        .param("user", A_USER)
        .update();
    superuser
        .sql(
            """
            INSERT INTO event_store.job_index VALUES ('a', 'j', 'default', 'backup', 'c', NULL, 0)
            """)
        .update();
    superuser.sql("INSERT INTO identity.personal_key VALUES ('k', 'a', 's', 's')").update();
    superuser
        .sql(
            """
            INSERT INTO identity.repeated_request (tenant_id, credential, key, request_hash, created_at, expires_at)
            VALUES ('a', 'user:u', 'k', 'h', now(), now())
            """)
        .update();
    superuser
        .sql(
            "INSERT INTO identity.ping_key VALUES ('k', 'a', 'default', 'backup', 'ctk_1234', 'h', 'user:u', now())")
        .update();
    superuser
        .sql(
            """
            INSERT INTO identity.email_token
            VALUES ('h', 'a', :user, 'verify-email', 'x@example.org', NULL, now(), now())
            """)
        .param("user", A_USER)
        .update();
    superuser
        .sql("INSERT INTO identity.sso_identity VALUES ('keycloak', 'i', 's', 'a', :user, now())")
        .param("user", A_USER)
        .update();
    superuser
        .sql("INSERT INTO event_store.open_run VALUES ('a', 'r', 'default', 'backup')")
        .update();
  }

  @AfterAll
  static void stop() {
    intake.close();
    tables.close();
  }

  @Test
  void everyTableWithTenantsIsGuarded() {
    List<String> unguarded =
        tables
            .superuser()
            .sql(
                """
                SELECT format('%s.%s', n.nspname, c.relname)
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
                WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                  AND NOT (c.relrowsecurity AND EXISTS (
                    SELECT FROM pg_policies p
                    WHERE p.schemaname = n.nspname AND p.tablename = c.relname
                      AND p.qual LIKE '%crontopus.tenant%'))
                """)
            .query((row, number) -> row.getString(1))
            .list();

    assertThat(unguarded).containsExactlyInAnyOrderElementsOf(WITHOUT_POLICY.keySet());
  }

  @Test
  void noRoleOfThePlatformCanBypassIt() {
    assertThat(
            tables
                .superuser()
                .sql(
                    """
                    SELECT rolname FROM pg_roles
                    WHERE (rolname LIKE 'crontopus%' OR rolname = 'platform') AND (rolsuper OR rolbypassrls)
                    """)
                .query((row, number) -> row.getString(1))
                .list())
        .isEmpty();
  }

  @Test
  void whatForgetsTheTenantSeesNothingOfAnother() {
    TenantDatabase database = new TenantDatabase(TenantTables.forgetful(intake));
    UserStore users = new UserStore(database);
    ApiTokenStore tokens = new ApiTokenStore(database);

    assertThat(users.find("b", A_USER)).isEmpty();
    assertThat(users.list("b", 10, null, null)).isEmpty();
    assertThat(users.hasAddress("b", "user-of-a@example.org")).isFalse();
    int owners = database.in("b", _ -> users.owners("b"));
    assertThat(owners).isZero();
    assertThat(tokens.list("b", 10, null, null)).isEmpty();
    assertThat(tokens.find("b", A_TOKEN)).isEmpty();
    assertThat(new EnrollmentTokenStore(database).list("b", 10, null, null)).isEmpty();
    assertThat(new SessionStore(database).list("b", A_USER, NOW)).isEmpty();
    for (String table : tablesOfTenants()) {
      assertThat(count(database, "a", table)).as(table).isPositive();
      assertThat(count(database, "b", table))
          .as(table)
          .isEqualTo(table.endsWith(".tenant") ? 1 : 0);
    }
    assertThat(users.find("a", A_USER)).as("what is its own").isPresent();
  }

  @Test
  void whatForgetsTheTenantChangesNothingOfAnother() {
    TenantDatabase database = new TenantDatabase(TenantTables.forgetful(intake));
    UserStore users = new UserStore(database);
    ApiTokenStore tokens = new ApiTokenStore(database);
    EnrollmentTokenStore enrollments = new EnrollmentTokenStore(database);
    SessionStore sessions = new SessionStore(database);
    User user = users.find("a", A_USER).orElseThrow();
    Map<String, String> before = contents();

    assertThat(tokens.revoke("b", A_TOKEN, NOW)).isEmpty();
    assertThat(enrollments.revoke("b", A_ENROLLMENT, NOW)).isFalse();
    new EndpointTokenStore(database)
        .revoke(new EndpointTokenStore.Owner("b", A_ENDPOINT.endpointId()));
    boolean _ =
        database.in(
            "b",
            jdbc -> {
              users.setRole(A_USER, Role.VIEWER);
              users.remove(A_USER);
              assertThat(users.setPassword(user, "other")).isFalse();
              assertThat(users.holdPassword(user)).isFalse();
              assertThat(tokens.revokeAll(A_USER, NOW)).isEmpty();
              assertThat(enrollments.use(A_ENROLLMENT, NOW)).isFalse();
              assertThat(sessions.lock(A_SESSION)).isFalse();
              assertThat(sessions.use(A_REFRESH, NOW)).isFalse();
              assertThat(sessions.end(A_USER, A_SESSION)).isFalse();
              assertThat(sessions.endAll(A_USER)).isEmpty();
              return true;
            });

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void nothingCanBePutIntoAnotherTenant() {
    TenantDatabase database = new TenantDatabase(intake);
    Map<String, String> before = contents();

    assertThatThrownBy(
            () -> database.in("b", _ -> new UserStore(database).addUser(user("a", "intruder"))))
        .rootCause()
        .hasMessageContaining("row-level security");
    assertThatThrownBy(
            () ->
                database.in(
                    "b",
                    _ -> {
                      new SessionStore(database).renew(session(A_USER, A_SESSION), secret());
                      return true;
                    }))
        .as("a token for another tenant's session")
        .rootCause()
        .hasMessageContaining("foreign key");
    assertThatThrownBy(
            () ->
                database.in(
                    "b",
                    _ -> {
                      new SessionStore(database).open(session(A_USER, "other"), secret());
                      return true;
                    }))
        .as("a session for another tenant's user")
        .rootCause()
        .hasMessageContaining("foreign key");
    assertThatThrownBy(
            () -> {
              new ApiTokenStore(database).add(apiToken("b", A_USER, "other"), secret());
            })
        .as("a token of another tenant's user")
        .rootCause()
        .hasMessageContaining("foreign key");
    assertThatThrownBy(
            () ->
                database.in(
                    "b", jdbc -> jdbc.sql("UPDATE identity.tenant SET tenant_id = 'a'").update()))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () ->
                database.in(
                    "b",
                    _ -> {
                      new ApiTokenStore(database).add(apiToken("a", A_USER, "t"), secret());
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theLogShowsATenantItsOwnEvents() {
    JdbcTransactionManager manager = new JdbcTransactionManager(intake);
    TenantDatabase database = new TenantDatabase(intake);
    TransactionTemplate transaction = new TransactionTemplate(manager);
    EventStreams streams = EventStreams.byTenant(intake, manager);
    try {
      publish(streams, database, transaction, "a", "job:a:j", "a");

      assertThat(read(streams, database, transaction, "a", "job:a:j")).isEqualTo(1);
      assertThat(read(streams, database, transaction, "b", "job:a:j")).isZero();
      assertThatThrownBy(() -> publish(streams, database, transaction, "b", "job:a:j2", "b"))
          .as("a stream of another tenant")
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(() -> publish(streams, database, transaction, "b", "job:b:j", "a"))
          .as("an event of another tenant")
          .isInstanceOf(RuntimeException.class);
      assertThatThrownBy(
              () ->
                  database.in(
                      "b",
                      jdbc ->
                          jdbc.sql("SELECT * FROM event_store.domain_event").query().listOfRows()))
          .rootCause()
          .hasMessageContaining("permission denied");
    } finally {
      streams.close();
    }
  }

  @Test
  void nobodyWhoAppendsToTheLogCanChangeIt() {
    for (String role : List.of("crontopus_intake", "crontopus_projection", "crontopus_audit")) {
      try (HikariDataSource connections = tables.in(role)) {
        for (String statement :
            List.of(
                "UPDATE event_store.domain_event SET payload = ''",
                "DELETE FROM event_store.domain_event",
                "TRUNCATE event_store.domain_event",
                "DROP TABLE event_store.domain_event",
                "UPDATE audit.entry SET actor = ''",
                "DELETE FROM audit.entry",
                "DELETE FROM audit.checkpoint",
                "SELECT password_hash FROM identity.app_user",
                "SELECT * FROM identity.api_token")) {
          assertThatThrownBy(() -> JdbcClient.create(connections).sql(statement).update())
              .as("%s: %s", role, statement)
              .rootCause()
              .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
      }
    }
  }

  @Test
  void aNodeThatStandsStillInATransactionLosesItsLocks() throws SQLException {
    DatabaseSettings settings =
        new DatabaseSettings(tables.url(), "platform", "", 2, Duration.ofMillis(200));
    DatabaseConfiguration configuration = new DatabaseConfiguration();
    DataSource writeSide = configuration.dataSource(settings);
    for (DataSource pool :
        List.of(
            writeSide,
            configuration.projectionDataSource(settings, writeSide),
            configuration.auditDataSource(settings, writeSide))) {
      try (HikariDataSource connections = (HikariDataSource) pool) {
        Connection standing = connections.getConnection();
        standing.setAutoCommit(false);
        lock(standing);
        try (Connection other = connections.getConnection()) {
          lock(other);
          assertThat(
                  JdbcClient.create(new SingleConnectionDataSource(other, true))
                      .sql(
                          "SELECT current_setting('tcp_keepalives_idle') || ' ' || current_setting('tcp_user_timeout')")
                      .query(String.class)
                      .single())
              .isEqualTo("30 60000");
        }
        assertThatThrownBy(() -> lock(standing)).isInstanceOf(SQLException.class);
      }
    }
  }

  /** As projections, rebuilds and the audit log are held: until the transaction ends. */
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(10);
      statement.execute("SELECT pg_advisory_xact_lock(4711)");
    }
  }

  @Test
  void theKeyThatSignsIsNoTenants() {
    TenantDatabase database = new TenantDatabase(intake);

    assertThatThrownBy(
            () ->
                database.in(
                    "b",
                    jdbc -> jdbc.sql("SELECT jwk FROM identity.signing_key").query().listOfRows()))
        .rootCause()
        .hasMessageContaining("permission denied");
    assertThatThrownBy(
            () ->
                database.in(
                    "b",
                    jdbc ->
                        jdbc.sql("SELECT * FROM identity.person_by_login('user-of-a')")
                            .query()
                            .listOfRows()))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void aConnectionForgetsItsTenantAndItsRole() {
    TenantDatabase database = new TenantDatabase(intake);
    for (int i = 0; i < 20; i++) {
      int _ = database.in("a", jdbc -> jdbc.sql("SELECT 1").query(Integer.class).single());
      assertThatThrownBy(
              () ->
                  database.in("a", jdbc -> jdbc.sql("SELECT 1 / 0").query(Integer.class).single()))
          .isInstanceOf(RuntimeException.class);
      assertThat(
              JdbcClient.create(intake)
                  .sql(
                      "SELECT current_user || ':' || coalesce(current_setting('crontopus.tenant', true), '')")
                  .query(String.class)
                  .single())
          .isEqualTo("crontopus_intake:");
    }
    assertThatThrownBy(() -> new UserStore(database).setRole(A_USER, Role.VIEWER))
        .as("no tenant was entered")
        .isInstanceOf(IllegalStateException.class);
  }

  private static void publish(
      EventStreams streams,
      TenantDatabase database,
      TransactionTemplate transaction,
      String tenant,
      String stream,
      String said) {
    transaction.executeWithoutResult(
        _ -> {
          database.enter(tenant);
          streams
              .domain()
              .publish(
                  new GenericDomainEventMessage<>(
                      "Job",
                      stream,
                      0,
                      new JobRemoved(said, "j", "default", "backup", "c", NOW),
                      Map.of("tenantId", said)));
        });
  }

  private static int read(
      EventStreams streams,
      TenantDatabase database,
      TransactionTemplate transaction,
      String tenant,
      String stream) {
    Integer found =
        transaction.execute(
            _ -> {
              database.enter(tenant);
              return (int) streams.domain().readEvents(stream).asStream().count();
            });
    return found == null ? -1 : found;
  }

  /** The tables that work for a tenant may read. */
  private static List<String> tablesOfTenants() {
    return tables
        .superuser()
        .sql(
            """
            SELECT format('%s.%s', n.nspname, c.relname)
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
            WHERE c.relkind = 'r' AND n.nspname IN ('identity', 'event_store')
              AND has_table_privilege('crontopus_tenant', c.oid, 'SELECT')
            """)
        .query((row, number) -> row.getString(1))
        .list();
  }

  private static long count(TenantDatabase database, String tenant, String table) {
    return database.in(
        tenant, jdbc -> jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single());
  }

  private static Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    for (String table : tablesOfTenants()) {
      contents.put(
          table,
          tables
              .superuser()
              .sql(
                  "SELECT coalesce(string_agg(t::text, ';' ORDER BY t::text), '') FROM %s t"
                      .formatted(table))
              .query(String.class)
              .single());
    }
    return contents;
  }

  private static String secret() {
    return SecretToken.issue(SecretToken.Kind.API);
  }

  private static User user(String tenant, String id) {
    return new User(id, tenant, User.Kind.PERSON, id, id + "@example.org", "hash", Role.OWNER, NOW);
  }

  private static ApiToken apiToken(String tenant, String user, String id) {
    return new ApiToken(
        id, tenant, user, "ci", "ctp_1234", List.of("read:runs"), NOW, null, null, null);
  }

  private static EnrollmentToken enrollmentToken(String tenant, String id) {
    return new EnrollmentToken(id, tenant, "site", "cte_1234", NOW, null, null, 0, null);
  }

  private static Session session(String user, String id) {
    return new Session(id, user, NOW, NOW, NOW.plusSeconds(3_600), null, null);
  }
}
