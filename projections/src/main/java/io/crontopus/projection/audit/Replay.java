package io.crontopus.projection.audit;

import io.crontopus.projection.audit.Finding.Kind;
import io.crontopus.proof.tree.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored events again, from the first on, and compares: each with its leaf, each tree
 * with every checkpoint that was signed of it. Changes nothing. Not for several threads.
 */
final class Replay {

  private static final String ROWS =
      """
      SELECT e.position, e.tenant_id, e.seq, e.leaf_hash, e.chain, %s
      FROM (SELECT * FROM audit.entry WHERE position > ? AND position <= ?) e
      FULL JOIN (SELECT * FROM event_store.domain_event WHERE global_index > ? AND global_index <= ?) d
        ON d.global_index = e.position
      ORDER BY coalesce(e.position, d.global_index)
      """
          .formatted(LoggedEvent.COLUMNS);
  private static final String CHECKPOINTS =
      """
      SELECT c.tenant_id, c.size, c.root, c.note
      FROM unnest(?::text[], ?::bigint[], ?::bigint[]) AS w (tenant_id, first, last)
      JOIN audit.checkpoint c ON c.tenant_id = w.tenant_id AND c.size BETWEEN w.first AND w.last
      """;
  private static final String LAST =
      """
      SELECT tenant_id, max(size) FROM audit.checkpoint WHERE tenant_id <> '' GROUP BY tenant_id
      """;
  private static final int OFFSET = 5;

  private record Entry(String tenantId, long seq, Hash leafHash, Hash chain) {}

  private record Place(String tenantId, long size) {}

  private record Signed(Hash root, boolean byUs) {}

  private final Map<String, Long> signedBefore;
  private final Map<String, TreeState> logs = new HashMap<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  /**
   * Where each chain is broken; it says where a leaf's hash was changed together with the event.
   */
  private final Map<String, Long> unlinked = new HashMap<>();

  private long events;

  private Replay(Map<String, Long> signedBefore) {
    this.signedBefore = signedBefore;
  }

  /**
   * Begins; what was signed until now has to be found. To be asked before how far the log was taken
   * in: whatever is signed later is of events that this replay may not come to.
   */
  static Replay begin(Connection connection) throws SQLException {
    Map<String, Long> signed = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LAST);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        signed.put(rows.getString(1), rows.getLong(2));
      }
    }
    return new Replay(signed);
  }

  /** Compares the events behind {@code from} up to {@code to}. */
  void step(Connection connection, long from, long to) throws SQLException {
    List<@Nullable Entry> entries = new ArrayList<>();
    List<@Nullable LoggedEvent> stored = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(ROWS)) {
      query.setLong(1, from);
      query.setLong(2, to);
      query.setLong(3, from);
      query.setLong(4, to);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          rows.getLong(1);
          entries.add(
              rows.wasNull()
                  ? null
                  : new Entry(
                      rows.getString(2),
                      rows.getLong(3),
                      Hash.of(rows.getBytes(4)),
                      Hash.of(rows.getBytes(5))));
          rows.getLong(OFFSET + 1);
          stored.add(rows.wasNull() ? null : LoggedEvent.read(rows, OFFSET));
        }
      }
    }
    Map<Place, Signed> signed = checkpoints(connection, entries);
    for (int i = 0; i < entries.size(); i++) {
      compare(entries.get(i), stored.get(i), signed);
    }
  }

  /** Looks whether anything that was signed when it began is missing at the end. */
  void end() {
    signedBefore.forEach(
        (tenant, size) -> {
          if (size(tenant) < size) {
            found(Signing.truncated(tenant, size(tenant), size));
          }
        });
  }

  /** The first finding of each tenant. */
  List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  /** How many events were compared. */
  long events() {
    return events;
  }

  private void compare(
      @Nullable Entry entry, @Nullable LoggedEvent event, Map<Place, Signed> signed) {
    events++;
    if (entry == null) {
      if (event != null) {
        String tenant = event.origin().tenantId();
        TreeState log = logs.get(tenant);
        found(
            new Finding(
                tenant,
                Kind.INSERTED,
                log == null ? 0 : log.size(),
                "the event " + event.content().eventId() + " is not in the audit log"));
      }
      return;
    }
    TreeState log = logs.computeIfAbsent(entry.tenantId(), _ -> TreeState.empty());
    if (entry.seq() != log.size()) {
      found(
          new Finding(
              entry.tenantId(), Kind.REORDERED, log.size(), "seq " + entry.seq() + " follows"));
    } else if (event == null) {
      found(new Finding(entry.tenantId(), Kind.REMOVED, entry.seq(), "the event is gone"));
    } else if (!event.leafHash(entry.tenantId(), entry.seq()).equals(entry.leafHash())) {
      found(
          new Finding(
              entry.tenantId(),
              Kind.ALTERED,
              entry.seq(),
              "the event " + event.content().eventId() + " is not the one that was hashed"));
    }
    log.append(entry.leafHash(), (_, _) -> {});
    if (!entry.chain().equals(log.chain())) {
      unlinked.putIfAbsent(entry.tenantId(), entry.seq());
    }
    Signed checkpoint = signed.get(new Place(entry.tenantId(), log.size()));
    if (checkpoint != null) {
      compare(entry.tenantId(), log, checkpoint);
    }
  }

  private void compare(String tenantId, TreeState log, Signed checkpoint) {
    if (!checkpoint.root().equals(log.frontier().root())) {
      long last = log.size() - 1;
      found(
          new Finding(
              tenantId,
              Kind.DIVERGED,
              unlinked.getOrDefault(tenantId, last),
              "the first " + log.size() + " events have another root than was signed"));
    }
    if (!checkpoint.byUs()) {
      found(
          new Finding(
              tenantId,
              Kind.UNSIGNED,
              log.size() - 1,
              "the checkpoint of " + log.size() + " events is not signed by the platform"));
    }
  }

  private void found(Finding finding) {
    findings.putIfAbsent(finding.tenantId(), finding);
  }

  private Map<Place, Signed> checkpoints(Connection connection, List<@Nullable Entry> entries)
      throws SQLException {
    Map<String, Long> last = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry != null) {
        last.merge(entry.tenantId(), entry.seq() + 1, Math::max);
      }
    }
    CheckpointReader reader = new CheckpointReader(SigningKeys.all(connection));
    Map<Place, Signed> signed = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(CHECKPOINTS)) {
      query.setArray(1, connection.createArrayOf("text", last.keySet().toArray()));
      query.setArray(
          2, connection.createArrayOf("bigint", last.keySet().stream().map(this::size).toArray()));
      query.setArray(3, connection.createArrayOf("bigint", last.values().toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Hash root = Hash.of(rows.getBytes(3));
          signed.put(
              new Place(rows.getString(1), rows.getLong(2)),
              new Signed(
                  root,
                  reader.isSigned(rows.getString(4), rows.getString(1), rows.getLong(2), root)));
        }
      }
    }
    return signed;
  }

  private long size(String tenantId) {
    TreeState log = logs.get(tenantId);
    return log == null ? 0 : log.size();
  }
}
