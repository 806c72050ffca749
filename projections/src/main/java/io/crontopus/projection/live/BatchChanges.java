package io.crontopus.projection.live;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Collects the changes of a batch, each once, and writes them in its transaction: as the last thing
 * before the commit, because whoever follows the feed looks for an id that was taken until the
 * transaction is over.
 */
public final class BatchChanges implements ChangeFeed {

  /** Stands for "many": whoever watches reads anew. */
  public static final String MANY = "*";

  /** So many changes of one tenant and topic in one batch are worth telling one by one. */
  private static final int WORTH_TELLING = 1_000;

  private record Subject(String tenantId, Topic topic) {}

  private final Map<Subject, Set<String>> changes = new LinkedHashMap<>();

  @Override
  public void changed(String tenantId, Topic topic, String key) {
    changes.computeIfAbsent(new Subject(tenantId, topic), _ -> new LinkedHashSet<>()).add(key);
  }

  /** Adds what another part of the batch has collected, which is of no use afterwards. */
  public void add(BatchChanges part) {
    part.changes.forEach(
        (subject, keys) ->
            changes.merge(
                subject,
                keys,
                (known, more) -> {
                  known.addAll(more);
                  return known;
                }));
  }

  /** Writes what was collected to {@code read_model.ui_change}. */
  public void write(JdbcOperations sql) {
    changes.forEach(
        (subject, keys) -> {
          Set<String> told = keys.size() > WORTH_TELLING ? Set.of(MANY) : keys;
          sql.execute((Connection connection) -> insert(connection, subject, told));
        });
    changes.clear();
  }

  private static int insert(Connection connection, Subject subject, Set<String> keys)
      throws java.sql.SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO read_model.ui_change (tenant_id, topic, key) SELECT ?, ?, k FROM unnest(?) AS k")) {
      Array array = connection.createArrayOf("text", keys.toArray());
      insert.setString(1, subject.tenantId());
      insert.setString(2, subject.topic().wireName());
      insert.setArray(3, array);
      return insert.executeUpdate();
    }
  }
}
