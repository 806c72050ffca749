package io.crontopus.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.audit.events.AuditExported;
import io.crontopus.identity.Scope;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SignedNote;
import io.crontopus.proof.note.VerifierKey;
import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.ProofCheck;
import io.crontopus.query.Api;
import io.crontopus.query.Platform;
import io.crontopus.query.RecordedReads;
import io.crontopus.query.audit.AuditedPlatform.Result;
import io.crontopus.web.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The audit log from the database to the auditor: over HTTP, exported, verified with a key alone.
 */
class AuditIT {

  private static final int EVENTS = 40;

  @TempDir static Path folder;
  private static AuditedPlatform platform;

  private String tenant;
  private String other;
  private String token;
  private Api api;

  @BeforeAll
  static void open() {
    platform = new AuditedPlatform(folder);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @BeforeEach
  void twoTenantsWithEvents() throws IOException {
    tenant = Platform.get().newTenant();
    other = Platform.get().newTenant();
    token = Platform.get().token(tenant);
    api = Api.of(token);
    grow(2 * EVENTS);
    Files.writeString(folder.resolve("pub"), platform.run(token, "audit", "keys", "-q").out());
  }

  private void grow(int events) {
    long expected = platform.signed(tenant) + events / 2;
    platform.append(events, tenant, other);
    await().until(() -> platform.signed(tenant) == expected && platform.signed(other) == expected);
  }

  @Test
  void listsAndShowsTheTenantsEventsAlone() {
    Api.Answer first = api.get("/api/audit", "limit", "30");
    Api.Answer second = api.get("/api/audit", "limit", "30", "cursor", first.nextCursor());

    assertThat(first.body().get("events").get(0).get("seq").asInt()).isEqualTo(EVENTS - 1);
    assertThat(second.body().get("events")).hasSize(EVENTS - 30);
    assertThat(second.nextCursor()).isEmpty();
    JsonNode event = first.body().get("events").get(0);
    assertThat(event.propertyNames())
        .containsExactly(
            "seq",
            "type",
            "time",
            "tenant_id",
            "actor",
            "subject",
            "payload",
            "leaf_hash",
            "intact");
    assertThat(event.get("tenant_id").asString()).isEqualTo(tenant);
    assertThat(event.get("intact").asBoolean()).isTrue();
    String subject = event.get("subject").asString();
    assertThat(api.get("/api/audit", "subject", subject).body().get("events")).hasSize(1);
    assertThat(api.get("/api/audit", "type", "run.started").body().get("events")).isEmpty();
    assertThat(api.get("/api/audit", "actor", event.get("actor").asString()).body().get("events"))
        .hasSize(EVENTS);
    assertThat(api.get("/api/audit", "to", "2020-01-01T00:00:00Z").body().get("events")).isEmpty();
    assertThat(api.get("/api/audit/7").body().get("leaf").asString()).isNotEmpty();
    assertThat(api.get("/api/audit/" + EVENTS).status()).isEqualTo(404);
    assertThat(api.get("/api/audit/integrity").body().get("findings")).isEmpty();
  }

  @Test
  void needsAnAdministrator() {
    Api reader = Api.of(Platform.get().token(tenant, Scope.READ_RUNS, Scope.WRITE_JOBS));
    for (String path :
        List.of(
            "", "/1", "/export", "/checkpoint", "/keys", "/integrity", "/proof/inclusion?seq=1")) {
      assertThat(reader.get("/api/audit" + path).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  void badRequestsAreToldSo() {
    for (String path :
        List.of(
            "/export?from_seq=x",
            "/export?to_seq=-1",
            "/proof/inclusion",
            "/proof/inclusion?seq=1&tree_size=1",
            "/proof/inclusion?seq=1&tree_size=1000000",
            "/proof/consistency?first=5&second=4",
            "/proof/consistency?first=99999999999999999999",
            "/checkpoint?log=other",
            "?from=yesterday")) {
      assertThat(api.get("/api/audit" + path).status()).as(path).isEqualTo(400);
    }
    assertThat(api.get("/api/audit/checkpoint?tree_size=999").status()).isEqualTo(404);
  }

  @Test
  void proofsHoldAgainstTheSignedCheckpoint() {
    Checkpoint small = checkpoint(api.get("/api/audit/proof/platform").body().get("checkpoint"));
    grow(26);
    JsonNode inPlatform = api.get("/api/audit/proof/platform").body();
    Checkpoint large = checkpoint(inPlatform.get("checkpoint"));

    JsonNode consistency =
        api.get("/api/audit/proof/consistency?first=" + small.size() + "&second=" + large.size())
            .body();
    assertThat(
            ProofCheck.consistency(
                small.size(), small.root(), large.size(), large.root(), hashes(consistency)))
        .isTrue();
    for (int seq = 0; seq < large.size(); seq++) {
      JsonNode inclusion =
          api.get("/api/audit/proof/inclusion?seq=" + seq + "&tree_size=" + large.size()).body();
      assertThat(
              ProofCheck.inclusion(
                  hash(inclusion, "leaf_hash"), seq, large.size(), hashes(inclusion), large.root()))
          .isTrue();
    }
    SignedNote platformNote = SignedNote.parse(inPlatform.get("platform_checkpoint").asString());
    Checkpoint ofPlatform = Checkpoint.parse(platformNote.text());
    assertThat(
            ProofCheck.inclusion(
                Hash.ofLeaf(
                    inPlatform
                        .get("checkpoint")
                        .asString()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                inPlatform.get("leaf_index").asLong(),
                ofPlatform.size(),
                hashes(inPlatform),
                ofPlatform.root()))
        .isTrue();
    VerifierKey platformKey =
        VerifierKey.parse(
            api.get("/api/audit/keys").body().get("keys").get(0).get("platform_key").asString());
    assertThat(platformNote.signers(List.of(platformKey))).isNotEmpty();
  }

  @Test
  void anExportVerifiesWithTheKeyAlone() throws IOException {
    export("all");

    Result result = verify("all");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .startsWith("ok: " + EVENTS + " events from seq 0 on are what was signed\n")
        .contains("/tenant/" + tenant);
    for (List<String> part : List.of(List.of("7", "20"), List.of("0", "0"), List.of("33", "39"))) {
      Result parts =
          platform.run(
              token,
              "audit",
              "export",
              "--from-seq",
              part.get(0),
              "--to-seq",
              part.get(1),
              "--file",
              "part");
      assertThat(parts.exitCode()).as(parts.err()).isZero();
      assertThat(verify("part").exitCode()).as(part + verify("part").err()).isZero();
    }
  }

  @Test
  void anExportIsToldBeforeItsFirstLineAndEndsBeforeThat() throws IOException {
    RecordedReads reads = Platform.get().bean(RecordedReads.class);
    reads.meanwhile(() -> grow(2));
    try {
      export("told");
    } finally {
      reads.meanwhile(() -> {});
    }

    assertThat(reads.of(tenant))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.origin().actor()).startsWith("token:");
              assertThat(told.origin().address()).isEqualTo("127.0.0.1");
              AuditExported event = (AuditExported) told.event();
              assertThat(event.tenantId()).isEqualTo(tenant);
              assertThat(event.by()).isEqualTo(told.origin().actor());
              assertThat(event.format()).isEqualTo("ndjson");
              assertThat(List.of(event.fromSeq(), event.toSeq(), event.treeSize()))
                  .containsExactly(0L, EVENTS - 1L, (long) EVENTS);
            });
    assertThat(platform.signed(tenant)).isEqualTo(EVENTS + 1);
    assertThat(verify("told").out()).startsWith("ok: " + EVENTS + " events from seq 0 on");
    assertThat(api.get("/api/audit/export?from_seq=x").status()).isEqualTo(400);
    assertThat(reads.of(tenant)).hasSize(1);
  }

  @Test
  void whatCannotBeToldIsNotExported() {
    RecordedReads reads = Platform.get().bean(RecordedReads.class);
    reads.meanwhile(
        () -> {
          throw Problem.overloaded(1);
        });
    try {
      Api.Answer refused = api.get("/api/audit/export");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.text()).doesNotContain("leaf");
    } finally {
      reads.meanwhile(() -> {});
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          altered   | 11 | UPDATE event_store.domain_event SET payload = convert_to(replace(convert_from(payload, 'UTF8'), '2026', '2025'), 'UTF8') WHERE global_index = :p
          altered   | 11 | UPDATE event_store.domain_event SET metadata = convert_to(replace(convert_from(metadata, 'UTF8'), 'user:', 'user:x'), 'UTF8') WHERE global_index = :p
          altered   | 11 | UPDATE event_store.domain_event SET recorded_at = '2026-05-01T11:00:00Z' WHERE global_index = :p
          altered   | 11 | UPDATE event_store.domain_event SET payload = 'no json' WHERE global_index = :p
          removed   | 11 | DELETE FROM event_store.domain_event WHERE global_index = :p
          removed   | 11 | DELETE FROM event_store.domain_event WHERE global_index >= :p
          reordered | 11 | UPDATE audit.entry SET position = CASE position WHEN :p THEN :q ELSE :p END WHERE position IN (:p, :q)
          removed   | 11 | DELETE FROM audit.entry WHERE position = :p
          removed   | 11 | WITH gone AS (DELETE FROM event_store.domain_event WHERE global_index >= :p) DELETE FROM audit.entry WHERE position >= :p
          """)
  void whatSomebodyChangesInTheDatabaseIsNamed(String what, long seq, String change)
      throws IOException {
    long position = platform.position(tenant, seq);
    AuditedPlatform.jdbc()
        .sql(change)
        .param("p", position)
        .param("q", platform.position(tenant, seq + 3))
        .update();
    export("changed");

    Result result = verify("changed");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .containsPattern("was signed: seq " + seq + "( \\(run.timed-out, [^)]*\\))? was " + what);
    forget();
  }

  @Test
  void somebodyWhoChangesTheHashTooIsFound() throws IOException {
    long position = platform.position(tenant, 11);
    AuditedPlatform.jdbc()
        .sql(
            "UPDATE event_store.domain_event SET recorded_at = '2026-05-01T11:00:00Z' WHERE global_index = ?")
        .param(position)
        .update();
    AuditedPlatform.jdbc()
        .sql("UPDATE audit.entry SET leaf_hash = ? WHERE position = ?")
        .params(
            Hash.ofLeaf(
                    java.util.Base64.getDecoder()
                        .decode(api.get("/api/audit/11").body().get("leaf").asString()))
                .bytes(),
            position)
        .update();
    export("changed");

    Result result = verify("changed");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("seq 11 (run.timed-out").contains("its hash was changed too");
    forget();
  }

  @Test
  void aLogThatWasPutBackIsFoundWithWhatSomebodyKept() throws IOException {
    export("before");
    grow(20);
    Files.writeString(folder.resolve("kept"), platform.run(token, "audit", "checkpoint").out());
    export("after");

    assertThat(verifySince("after", "kept").exitCode()).isZero();
    assertThat(verifySince("after", "before").exitCode()).isZero();
    Result cut = verifySince("before", "kept");
    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.err())
        .contains("seq " + EVENTS + " was removed: " + (EVENTS + 10) + " events were signed");
    assertThat(verifySince("before", "after").exitCode()).isEqualTo(1);
  }

  private Result verifySince(String export, String older) {
    return platform.run(token, "audit", "verify", export, "--key", "pub", "--since", older);
  }

  @Test
  void linesThatSomebodyChangesInTheFileAreNamed() throws IOException {
    export("good");
    List<String> lines = Files.readAllLines(folder.resolve("good"));

    assertThat(changed(lines, 5, line -> line.replace("\"user:", "\"user:9")))
        .contains("seq 5 (run.timed-out")
        .contains("was altered: the line's actor");
    assertThat(changed(lines, 5, line -> line.replaceFirst("\"runId\":\"r", "\"runId\":\"x")))
        .contains("seq 5 (run.timed-out")
        .contains("was altered: the line's payload");
    assertThat(
            changed(
                lines,
                5,
                line -> line.replace("\"type\":\"run.timed-out\"", "\"type\":\"run.started\"")))
        .contains("seq 5 (run.started")
        .contains("was altered: the line's type");
    assertThat(changed(lines, 5, _ -> "")).contains("seq 5 was removed");
    List<String> swapped = new ArrayList<>(lines);
    Collections.swap(swapped, 5, 6);
    assertThat(broken(swapped)).contains("seq 5 (run.timed-out").contains("was reordered");
    List<String> doubled = new ArrayList<>(lines);
    doubled.add(6, lines.get(5));
    assertThat(broken(doubled)).contains("seq 5 (run.timed-out").contains("was reordered");
    List<String> cut = new ArrayList<>(lines);
    cut.subList(30, EVENTS).clear();
    assertThat(broken(cut)).contains("seq 30 was removed");
    assertThat(broken(lines.subList(0, EVENTS))).contains("ends without a signed checkpoint");
    assertThat(
            broken(
                lines.stream().map(line -> line.replace("\"note\":\"", "\"note\":\"x")).toList()))
        .contains("not signed by any of the keys");
  }

  @Test
  void anotherKeyVerifiesNothing() throws IOException {
    export("good");
    String name = VerifierKey.parse(Files.readAllLines(folder.resolve("pub")).getFirst()).name();
    String stranger = io.crontopus.proof.note.SigningKey.generate(name).verifier().toString();

    Result result = platform.run(token, "audit", "verify", "good", "--key", stranger);
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("not signed by any of the keys");
    assertThat(platform.run(token, "audit", "verify", "good", "--key", "none").exitCode())
        .isEqualTo(3);
    assertThat(platform.run(token, "audit", "verify", "good").exitCode()).isEqualTo(2);
    assertThat(platform.run(token, "audit", "verify", "none", "--key", "pub").exitCode())
        .isEqualTo(3);
  }

  private String changed(
      List<String> lines, int at, java.util.function.UnaryOperator<String> change)
      throws IOException {
    List<String> other = new ArrayList<>(lines);
    other.set(at, change.apply(lines.get(at)));
    assertThat(other).isNotEqualTo(lines);
    return broken(other);
  }

  private String broken(List<String> lines) throws IOException {
    Files.write(folder.resolve("broken"), lines);
    Result result = verify("broken");
    assertThat(result.exitCode()).as(result.out() + result.err()).isEqualTo(1);
    return result.err();
  }

  private void export(String file) {
    Result result = platform.run(token, "audit", "export", "--file", file);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Result verify(String file) {
    return platform.run(token, "audit", "verify", file, "--key", "pub");
  }

  /** What was damaged is not to be signed on. */
  private void forget() {
    AuditedPlatform.jdbc()
        .sql("DELETE FROM audit.log WHERE tenant_id IN (?, ?)")
        .params(tenant, other)
        .update();
  }

  private static Checkpoint checkpoint(JsonNode note) {
    return Checkpoint.parse(SignedNote.parse(note.asString()).text());
  }

  private static Hash hash(JsonNode json, String field) {
    return Hash.ofBase64(json.get(field).asString());
  }

  private static List<Hash> hashes(JsonNode json) {
    return json.get("proof").valueStream().map(node -> Hash.ofBase64(node.asString())).toList();
  }
}
