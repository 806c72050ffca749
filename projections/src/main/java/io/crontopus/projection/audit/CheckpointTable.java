package io.crontopus.projection.audit;

import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.tree.Frontier;
import io.crontopus.proof.tree.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was signed and what is to be. */
final class CheckpointTable {

  private static final String DUE =
      """
      SELECT coalesce(signed_at + ? * interval '1 millisecond' <= clock_timestamp(), true)
      FROM audit.progress
      """;
  private static final String GROWN =
      """
      SELECT l.tenant_id, l.size, l.frontier, c.size, c.root
      FROM audit.log l
      LEFT JOIN LATERAL (
        SELECT size, root FROM audit.checkpoint c WHERE c.tenant_id = l.tenant_id ORDER BY size DESC LIMIT 1
      ) c ON true
      WHERE l.size > l.signed_size AND l.tenant_id <> '' AND l.forgotten_at IS NULL
      ORDER BY l.tenant_id
      LIMIT ?
      """;
  private static final String LAST_ROOT =
      "SELECT root FROM audit.checkpoint WHERE tenant_id = ? AND size = (SELECT max(size) FROM audit.checkpoint WHERE tenant_id = ?)";
  private static final String ADD =
      """
      INSERT INTO audit.checkpoint (tenant_id, size, root, note, platform_index, signed_at)
      VALUES (?, ?, ?, ?, ?, clock_timestamp())
      """;
  private static final String SIGNED =
      """
      UPDATE audit.log l SET signed_size = s.size
      FROM unnest(?::text[], ?::bigint[]) AS s (tenant_id, size)
      WHERE l.tenant_id = s.tenant_id
      """;
  private static final int MOST_AT_ONCE = 5_000;

  private final Connection connection;

  CheckpointTable(Connection connection) {
    this.connection = connection;
  }

  boolean isDue(Duration every) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(DUE)) {
      query.setLong(1, every.toMillis());
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  List<Grown> grown() throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(GROWN)) {
      query.setInt(1, MOST_AT_ONCE);
      try (ResultSet rows = query.executeQuery()) {
        List<Grown> grown = new ArrayList<>();
        while (rows.next()) {
          Frontier frontier = Frontier.of(rows.getLong(2), rows.getBytes(3));
          byte @Nullable [] lastRoot = rows.getBytes(5);
          grown.add(
              new Grown(
                  rows.getString(1),
                  frontier.size(),
                  frontier.root(),
                  rows.getLong(4),
                  lastRoot == null ? Hash.EMPTY_TREE : Hash.of(lastRoot)));
        }
        return grown;
      }
    }
  }

  /** The root that was signed last of this log; that of an empty tree when none was. */
  Hash lastRoot(String tenantId) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LAST_ROOT)) {
      query.setString(1, tenantId);
      query.setString(2, tenantId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Hash.of(row.getBytes(1)) : Hash.EMPTY_TREE;
      }
    }
  }

  void add(String tenantId, Checkpoint checkpoint, String note, @Nullable Long platformIndex)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(ADD)) {
      insert.setString(1, tenantId);
      insert.setLong(2, checkpoint.size());
      insert.setBytes(3, checkpoint.root().bytes());
      insert.setString(4, note);
      if (platformIndex == null) {
        insert.setNull(5, Types.BIGINT);
      } else {
        insert.setLong(5, platformIndex);
      }
      insert.executeUpdate();
    }
  }

  /** Notes that these were signed just now. */
  void signed(List<Grown> logs) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(SIGNED)) {
      update.setArray(
          1, connection.createArrayOf("text", logs.stream().map(Grown::tenantId).toArray()));
      update.setArray(
          2, connection.createArrayOf("bigint", logs.stream().map(Grown::size).toArray()));
      update.executeUpdate();
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE audit.progress SET signed_at = clock_timestamp()")) {
      update.executeUpdate();
    }
  }
}
