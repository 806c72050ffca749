package io.crontopus.projection.audit;

import io.crontopus.eventstore.CopyRows;
import io.crontopus.proof.tree.Frontier;
import io.crontopus.proof.tree.Hash;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The tables of the audit log, on one connection and in its transaction. */
final class AuditTables {

  /** The log of the platform itself, whose leaves are the tenants' checkpoints. */
  static final String PLATFORM = "";

  private static final String LOGS =
      "SELECT tenant_id, size, frontier, chain FROM audit.log WHERE tenant_id = ANY (?)";
  private static final String STORE_LOGS =
      """
      INSERT INTO audit.log (tenant_id, size, frontier, chain)
      SELECT * FROM unnest(?::text[], ?::bigint[], ?::bytea[], ?::bytea[])
      ON CONFLICT (tenant_id) DO UPDATE
      SET size = excluded.size, frontier = excluded.frontier, chain = excluded.chain
      """;

  /**
   * Logs whose events were removed with their tenant. That they were is told by the platform's own
   * log, which is signed, so that nobody makes events go by a note in a table.
   */
  private static final String FORGOTTEN =
      """
      SELECT l.tenant_id FROM audit.log l
      WHERE l.forgotten_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM audit.entry e JOIN event_store.domain_event d ON d.global_index = e.position
        WHERE e.tenant_id = '-' AND e.subject = 'tenant:' || l.tenant_id
          AND d.payload_type = 'platform.tenant-administered'
          AND convert_from(d.payload, 'UTF8')::jsonb ->> 'tenant' = l.tenant_id
          AND convert_from(d.payload, 'UTF8')::jsonb ->> 'action' = 'purge')
      """;

  private final Connection connection;

  AuditTables(Connection connection) {
    this.connection = connection;
  }

  /**
   * Takes the right to write, and tells how far the log was taken in; empty when another node has
   * it.
   */
  OptionalLong lock(boolean wait) throws SQLException {
    String sql = "SELECT position FROM audit.progress FOR UPDATE" + (wait ? "" : " SKIP LOCKED");
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
    }
  }

  void advance(long position) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE audit.progress SET position = ?")) {
      update.setLong(1, position);
      update.executeUpdate();
    }
  }

  /** The states of these tenants' logs; those that are not begun yet are empty. */
  Map<String, TreeState> logs(Collection<String> tenants) throws SQLException {
    Map<String, TreeState> logs = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(LOGS)) {
      query.setArray(1, array("text", tenants.toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          logs.put(
              rows.getString(1),
              new TreeState(
                  Frontier.of(rows.getLong(2), rows.getBytes(3)), Hash.of(rows.getBytes(4))));
        }
      }
    }
    tenants.forEach(tenant -> logs.computeIfAbsent(tenant, _ -> TreeState.empty()));
    return logs;
  }

  /** The tenants whose logs have no events any more, and are not to. */
  Set<String> forgotten() throws SQLException {
    Set<String> forgotten = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(FORGOTTEN);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        forgotten.add(rows.getString(1));
      }
    }
    return forgotten;
  }

  void store(Map<String, TreeState> logs) throws SQLException {
    List<String> tenants = logs.keySet().stream().sorted().toList();
    List<TreeState> states = tenants.stream().map(logs::get).toList();
    try (PreparedStatement update = connection.prepareStatement(STORE_LOGS)) {
      update.setArray(1, array("text", tenants.toArray()));
      update.setArray(2, array("bigint", states.stream().map(TreeState::size).toArray()));
      update.setArray(
          3, array("bytea", states.stream().map(s -> s.frontier().bytes()).toArray(byte[][]::new)));
      update.setArray(
          4, array("bytea", states.stream().map(s -> s.chain().bytes()).toArray(byte[][]::new)));
      update.executeUpdate();
    }
  }

  void copyEntries(CopyRows rows) throws SQLException {
    rows.into(
        connection,
        "audit.entry (tenant_id, seq, position, recorded_at, leaf_hash, chain, type, actor, subject)");
  }

  void copyNodes(CopyRows rows) throws SQLException {
    rows.into(connection, "audit.node (tenant_id, level, index, hash)");
  }

  private Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }
}
