package io.crontopus.projection.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.crontopus.projection.audit.Finding.Kind;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SigningKey;
import io.crontopus.proof.note.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The audit log on a real database, and what it notices when somebody changes the database. */
class AuditLogIT {

  private static AuditDatabase database;

  @TempDir Path folder;
  private Path keyFile;

  @BeforeAll
  static void open() throws IOException {
    database = new AuditDatabase();
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.empty();
    keyFile = folder.resolve("audit.key");
  }

  @Test
  void tenantsThatComeMixedHaveLogsThatVerifyOnTheirOwn() throws Exception {
    database.append(101, "acme", "globex", "acme");
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      awaitSigned("acme", 67);
      awaitSigned("globex", 34);
      database.append(40, "globex");
      awaitSigned("globex", 74);
    }

    VerifierKey key = database.key();
    for (String tenant : List.of("acme", "globex")) {
      Checkpoint checkpoint = database.checkpoint(tenant, key);
      assertThat(checkpoint.root()).isEqualTo(database.rootOf(tenant));
      assertThat(checkpoint.origin()).isEqualTo(key.name() + "/tenant/" + tenant);
    }
    assertThat(database.checkpoint("", key).size())
        .isEqualTo(database.number("SELECT count(*) FROM audit.checkpoint WHERE tenant_id <> ''"));
    assertThat(database.check()).isEmpty();
    assertThat(database.number("SELECT events FROM audit.last_check")).isEqualTo(141);
  }

  @Test
  void theKeyIsMadeOnceAndBelongsToItsOwnerAlone() throws Exception {
    signed(5);
    String first = Files.readString(keyFile);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
    signed(5);
    assertThat(Files.readString(keyFile)).isEqualTo(first).startsWith("PRIVATE+KEY+crontopus/");
    assertThat(database.number("SELECT count(*) FROM audit.signing_key")).isOne();
    assertThat(
            database
                .jdbc
                .sql("SELECT verifier FROM audit.signing_key")
                .query(String.class)
                .single())
        .isEqualTo(SigningKey.parse(first).verifier().toString());
  }

  @Test
  void aLostKeyIsNotReplacedUntilSomebodySaysSo() throws Exception {
    signed(5);
    VerifierKey lost = database.key();
    Files.delete(keyFile);
    database.append(5, "acme");
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      await().until(() -> database.number("SELECT count(*) FROM audit.entry") == 10);
      assertThat(database.signedSize("acme")).isEqualTo(5);
      assertThat(keyFile).doesNotExist();
    }

    try (AuditLog node = database.node(keyFile, 7, true)) {
      node.start();
      awaitSigned("acme", 10);
    }
    assertThat(database.key()).isNotEqualTo(lost);
    assertThat(database.key().name()).isEqualTo(lost.name());
    assertThat(database.number("SELECT count(*) FROM audit.signing_key WHERE valid_to IS NULL"))
        .isOne();
    assertThat(database.check()).isEmpty();
  }

  @Test
  void whatANodeWithoutTheKeyTookInIsSignedByAnother() throws Exception {
    try (AuditLog signer = database.node(keyFile);
        AuditLog other = database.node(folder.resolve("another.key"))) {
      signer.start();
      database.append(5, "acme");
      awaitSigned("acme", 5);
      other.start();
      for (int size = 6; size <= 20; size++) {
        database.append(1, "acme");
        awaitSigned("acme", size);
      }
    }
    assertThat(database.number("SELECT count(*) FROM audit.signing_key")).isOne();
    assertThat(database.check()).isEmpty();
  }

  @Test
  void whoeverIsToSignWaitsUntilAnotherNodeHasTakenItsEventsIn() throws Exception {
    database.append(5, "acme");
    CompletableFuture<Integer> checkpoints;
    try (Connection other = database.connection()) {
      other.setAutoCommit(false);
      assertThat(new Intake(database.streams.domainLog(), 10).run(other).events()).isEqualTo(5);
      checkpoints = CompletableFuture.supplyAsync(this::sign);
      await()
          .until(
              () ->
                  database.number(
                          """
                          SELECT count(*) FROM pg_stat_activity
                          WHERE wait_event_type = 'Lock' AND query LIKE '%audit.progress FOR UPDATE'
                          """)
                      == 1);
      other.commit();
      other.setAutoCommit(true);
    }

    assertThat(checkpoints.get(10, TimeUnit.SECONDS)).isOne();
    assertThat(database.signedSize("acme")).isEqualTo(5);
  }

  private int sign() {
    SigningKeys keys = new SigningKeys(new SigningKeyFile(keyFile), false);
    try (Connection connection = database.connection()) {
      connection.setAutoCommit(false);
      int checkpoints = new Signing(keys, new Findings(), Duration.ZERO).run(connection, true);
      connection.commit();
      connection.setAutoCommit(true);
      return checkpoints;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTenantsEventsAreGoneForGoodOnlyOnTheWordOfThePlatformsOwnLog() throws Exception {
    database.append(40, "acme", "globex");
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      awaitSigned("acme", 20);
      awaitSigned("globex", 20);
      for (String remove :
          List.of(
              "DELETE FROM event_store.domain_event WHERE aggregate_id LIKE 'run:acme:%'",
              "DELETE FROM audit.entry WHERE tenant_id = 'acme'",
              "DELETE FROM audit.node WHERE tenant_id = 'acme'",
              "UPDATE audit.log SET forgotten_at = now() WHERE tenant_id = 'acme'")) {
        database.jdbc.sql(remove).update();
      }
      assertThat(database.check()).extracting(Finding::tenantId).containsExactly("acme");

      database.tellRemoval("acme");
      awaitSigned("-", 1);
      assertThat(database.check()).isEmpty();

      // Whoever removes another one's hides behind nothing.
      database.jdbc.sql("DELETE FROM event_store.domain_event WHERE global_index = 2").update();
      assertThat(database.check()).extracting(Finding::tenantId).containsExactly("globex");
      database.append(5, "globex");
      awaitSigned("globex", 25);
    }
    assertThat(database.checkpoint("acme", database.key()).size()).isEqualTo(20);
  }

  @Test
  void aKeyThatOthersCanReadSignsNothing() throws Exception {
    signed(5);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-r-----"));
    database.append(5, "acme");
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      await().until(() -> database.number("SELECT count(*) FROM audit.entry") == 10);
      assertThat(database.signedSize("acme")).isEqualTo(5);

      Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
      awaitSigned("acme", 10);
    }
  }

  @Test
  void afterARotationBothKeysVerifyForAWhile() throws Exception {
    signed(5);
    VerifierKey old = database.key();
    SigningKey fresh = SigningKey.generate(old.name());
    Files.writeString(keyFile, fresh.secret() + "\n" + Files.readString(keyFile));

    signed(5);
    assertThat(database.checkpoint("acme", old).size()).isEqualTo(10);
    assertThat(database.checkpoint("acme", fresh.verifier()).size()).isEqualTo(10);

    Files.writeString(keyFile, fresh.secret() + "\n");
    signed(5);
    assertThat(database.checkpoint("acme", fresh.verifier()).size()).isEqualTo(15);
    assertThat(
            database.number(
                "SELECT count(*) FROM audit.signing_key WHERE verifier = '"
                    + old
                    + "' AND valid_to IS NOT NULL"))
        .isOne();
    assertThat(database.check()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ALTERED   | 3 | UPDATE event_store.domain_event SET payload = convert_to(replace(convert_from(payload, 'UTF8'), 'backup', 'other'), 'UTF8') WHERE global_index = 4
          ALTERED   | 3 | UPDATE event_store.domain_event SET metadata = convert_to('{"tenantId":"acme","actor":"user:2","traceId":""}', 'UTF8') WHERE global_index = 4
          ALTERED   | 3 | UPDATE event_store.domain_event SET recorded_at = '2026-05-01T12:00:01.000Z' WHERE global_index = 4
          ALTERED   | 3 | UPDATE event_store.domain_event SET type = NULL WHERE global_index = 4
          REMOVED   | 3 | DELETE FROM event_store.domain_event WHERE global_index = 4
          REMOVED   | 6 | DELETE FROM event_store.domain_event WHERE global_index >= 7
          ALTERED   | 3 | UPDATE event_store.domain_event a SET payload = b.payload, event_id = concat(left(b.event_id, 35), 'x') FROM event_store.domain_event b WHERE (a.global_index, b.global_index) IN ((4, 6), (6, 4))
          REORDERED | 3 | UPDATE audit.entry SET seq = CASE seq WHEN 3 THEN 1005 WHEN 5 THEN 1003 END WHERE seq IN (3, 5)
          TRUNCATED | 6 | WITH gone AS (DELETE FROM event_store.domain_event WHERE global_index >= 7) DELETE FROM audit.entry WHERE seq >= 6
          UNSIGNED  | 9 | UPDATE audit.checkpoint SET note = replace(note, '\u2014 ', '\u2014 x') WHERE tenant_id = 'acme' AND size = 10
          """)
  void whatSomebodyChangesIsNamed(Kind kind, long seq, String change) throws Exception {
    signed(10);
    assertThat(database.check()).isEmpty();

    database.jdbc.sql(change).update();

    List<Finding> findings = database.check();
    assertThat(findings)
        .first()
        .satisfies(
            finding -> {
              assertThat(finding.tenantId()).isEqualTo("acme");
              assertThat(finding.kind()).isEqualTo(kind);
              assertThat(finding.seq()).isEqualTo(seq);
            });
    assertThat(database.number("SELECT count(*) FROM audit.finding")).isPositive();
  }

  @Test
  void somebodyWhoKnowsHowLeavesAreHashedIsFoundByTheRoot() throws Exception {
    signed(10);
    database
        .jdbc
        .sql("UPDATE event_store.domain_event SET recorded_at = 'x' WHERE global_index = 4")
        .update();
    database
        .jdbc
        .sql("UPDATE audit.entry SET leaf_hash = ? WHERE seq = 3")
        .param(
            database
                .jdbc
                .sql(
                    "SELECT "
                        + LoggedEvent.COLUMNS
                        + " FROM event_store.domain_event d WHERE global_index = 4")
                .query((row, _) -> LoggedEvent.read(row, 0))
                .single()
                .leafHash("acme", 3)
                .bytes())
        .update();

    assertThat(database.check())
        .extracting(Finding::kind, Finding::seq)
        .containsExactly(tuple(Kind.DIVERGED, 3L));
  }

  /** A check of a long log takes its time: what is signed meanwhile is none of its business. */
  @Test
  void whatIsSignedDuringACheckIsNotMissedInIt() throws Exception {
    signed(5);
    try (Connection connection = database.connection()) {
      Replay replay = Replay.begin(connection);
      long end = database.number("SELECT position FROM audit.progress");
      signed(5);

      replay.step(connection, 0, end);
      replay.end();

      assertThat(replay.findings()).isEmpty();
      assertThat(replay.events()).isEqualTo(5);
    }
  }

  @Test
  void anEventThatIsSlippedInIsNamed() throws Exception {
    signed(10);
    database
        .jdbc
        .sql("SELECT nextval(pg_get_serial_sequence('event_store.domain_event', 'global_index'))")
        .query(Long.class)
        .single();
    signed(5);
    database
        .jdbc
        .sql(
            """
            INSERT INTO event_store.domain_event
              (global_index, aggregate_id, sequence, event_id, recorded_at, payload_type, payload, metadata)
            OVERRIDING SYSTEM VALUE
            SELECT 11, 'run:acme:slipped', 0, 'slipped', recorded_at, payload_type, payload, metadata
            FROM event_store.domain_event WHERE global_index = 1
            """)
        .update();

    Finding finding = database.check().getFirst();
    assertThat(finding.kind()).isEqualTo(Kind.INSERTED);
    assertThat(finding.seq()).isEqualTo(10);
    assertThat(finding.detail()).contains("slipped");
  }

  @Test
  void whatWasSignedIsNeverSignedDifferently() throws Exception {
    signed(10);
    forgetTheTrees();
    database
        .jdbc
        .sql("UPDATE event_store.domain_event SET recorded_at = 'x' WHERE global_index = 4")
        .update();
    database.append(1, "acme");

    try (AuditLog node = database.node(keyFile)) {
      node.start();
      await()
          .until(
              () ->
                  database.number("SELECT count(*) FROM audit.finding WHERE kind = 'diverged'")
                      == 1);
    }
    assertThat(database.signedSize("acme")).isEqualTo(10);
    assertThat(database.check().getFirst().kind()).isEqualTo(Kind.DIVERGED);
  }

  @Test
  void builtAgainOverTheSameEventsItIsTheSame() throws Exception {
    signed(40);
    forgetTheTrees();
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      await().until(() -> database.number("SELECT count(*) FROM audit.entry") == 40);
      database.append(1, "globex");
      awaitSigned("globex", 1);
    }

    assertThat(database.number("SELECT count(*) FROM audit.finding")).isZero();
    assertThat(database.check()).isEmpty();
  }

  @Test
  void nodesThatAreKilledAndShareTheWorkTakeEachEventOnce() throws Exception {
    int events = 3_000;
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < events / 30; i++) {
                    database.append(30, "acme", "globex", "initech");
                  }
                });
    try (AuditLog one = database.node(keyFile, 50, false);
        AuditLog other = database.node(keyFile, 50, false)) {
      one.start();
      other.start();
      while (writer.isAlive()) {
        database
            .jdbc
            .sql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND state = 'active'
                  AND (query LIKE 'COPY audit%' OR query LIKE '%audit.log%' OR query LIKE '%audit.progress%')
                """)
            .query(Boolean.class)
            .list();
      }
      awaitSigned("acme", events / 3);
      awaitSigned("initech", events / 3);
    }

    assertThat(database.number("SELECT count(DISTINCT position) FROM audit.entry"))
        .isEqualTo(events);
    assertThat(database.number("SELECT count(*) FROM audit.entry")).isEqualTo(events);
    for (String tenant : List.of("acme", "initech")) {
      assertThat(database.checkpoint(tenant, database.key()).root())
          .isEqualTo(database.rootOf(tenant));
    }
    assertThat(database.check()).isEmpty();
  }

  /** Makes the log take all events in again, with the platform's own tree left as it is. */
  private static void forgetTheTrees() {
    for (String table : List.of("entry", "node", "log")) {
      database.jdbc.sql("DELETE FROM audit." + table + " WHERE tenant_id <> ''").update();
    }
    database.jdbc.sql("UPDATE audit.progress SET position = 0").update();
  }

  /** Appends events of acme and waits until they are signed. */
  private void signed(int events) {
    long expected = database.signedSize("acme") + events;
    database.append(events, "acme");
    try (AuditLog node = database.node(keyFile)) {
      node.start();
      awaitSigned("acme", expected);
    }
  }

  private static void awaitSigned(String tenant, long size) {
    await().until(() -> database.signedSize(tenant) == size);
  }
}
