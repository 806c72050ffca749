package io.crontopus.projection.audit;

import io.crontopus.eventstore.CopyRows;
import io.crontopus.projection.audit.Finding.Kind;
import io.crontopus.projection.audit.StoredTrees.Tree;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SigningKey;
import io.crontopus.proof.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Signs a checkpoint of each log that has grown, puts these into the platform's log and signs that
 * one's, in one transaction. What was signed before must be the beginning of what is signed now;
 * where it is not, nothing is signed and the contradiction is reported.
 */
final class Signing {

  private final SigningKeys keys;
  private final Findings findings;
  private final Duration every;

  Signing(SigningKeys keys, Findings findings, Duration every) {
    this.keys = keys;
    this.findings = findings;
    this.every = every;
  }

  /**
   * Signs what is due.
   *
   * @param atHead whether all events that there are have been taken in
   * @return how many checkpoints of tenants were signed
   */
  int run(Connection connection, boolean atHead) throws SQLException {
    AuditTables tables = new AuditTables(connection);
    CheckpointTable checkpoints = new CheckpointTable(connection);
    // Another node's turn is waited for, and may have been to sign.
    if (!checkpoints.isDue(every) || tables.lock(true).isEmpty() || !checkpoints.isDue(every)) {
      return 0;
    }
    List<Grown> grown = checkpoints.grown();
    List<SigningKey> signing = grown.isEmpty() ? List.of() : keys.signing(connection);
    if (signing.isEmpty()) {
      return 0;
    }
    List<Grown> sound = sound(connection, grown, atHead);
    String origin = signing.getFirst().verifier().name();
    TreeState platform =
        Objects.requireNonNull(
            tables.logs(List.of(AuditTables.PLATFORM)).get(AuditTables.PLATFORM));
    if (!checkpoints.lastRoot(AuditTables.PLATFORM).equals(platform.frontier().root())) {
      findings.report(connection, diverged(AuditTables.PLATFORM, platform.size()));
      return 0;
    }
    CopyRows leaves = new CopyRows();
    for (Grown log : sound) {
      Checkpoint checkpoint =
          new Checkpoint(origin + "/tenant/" + log.tenantId(), log.size(), log.root());
      String note = checkpoint.sign(signing).toString();
      checkpoints.add(log.tenantId(), checkpoint, note, platform.size());
      append(platform, note, leaves);
    }
    if (!sound.isEmpty()) {
      tables.copyNodes(leaves);
      tables.store(Map.of(AuditTables.PLATFORM, platform));
      Checkpoint checkpoint = new Checkpoint(origin, platform.size(), platform.frontier().root());
      checkpoints.add(AuditTables.PLATFORM, checkpoint, checkpoint.sign(signing).toString(), null);
      checkpoints.signed(sound);
    }
    return sound.size();
  }

  private static void append(TreeState platform, String note, CopyRows nodes) {
    Hash leaf = Hash.ofLeaf(note.getBytes(StandardCharsets.UTF_8));
    Intake.node(nodes, AuditTables.PLATFORM, 0, platform.size(), leaf);
    platform.append(
        leaf,
        (node, hash) -> Intake.node(nodes, AuditTables.PLATFORM, node.level(), node.index(), hash));
  }

  /** Those whose last checkpoint still is their beginning. */
  private List<Grown> sound(Connection connection, List<Grown> grown, boolean atHead)
      throws SQLException {
    Map<Tree, Hash> before =
        StoredTrees.roots(
            connection,
            grown.stream()
                .filter(log -> log.lastSize() > 0 && log.lastSize() <= log.size())
                .map(log -> new Tree(log.tenantId(), log.lastSize()))
                .toList());
    List<Grown> sound = new ArrayList<>();
    for (Grown log : grown) {
      if (log.lastSize() > log.size()) {
        if (atHead) {
          findings.report(connection, truncated(log.tenantId(), log.size(), log.lastSize()));
        }
      } else if (log.lastSize() > 0
          && !Objects.equals(
              before.get(new Tree(log.tenantId(), log.lastSize())), log.lastRoot())) {
        findings.report(connection, diverged(log.tenantId(), log.lastSize()));
      } else if (log.lastSize() < log.size()) {
        sound.add(log);
      }
    }
    return sound;
  }

  static Finding truncated(String tenantId, long size, long signed) {
    return new Finding(
        tenantId,
        Kind.TRUNCATED,
        size,
        "the log has " + size + " events, and " + signed + " were signed");
  }

  static Finding diverged(String tenantId, long size) {
    return new Finding(
        tenantId,
        Kind.DIVERGED,
        size - 1,
        "the first " + size + " events have another root than was signed");
  }
}
