package io.crontopus.projection.audit;

import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.LeafRange;
import io.crontopus.proof.tree.Node;
import io.crontopus.proof.tree.StoredRun;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Roots of earlier sizes, computed from the nodes that are stored. */
final class StoredTrees {

  /** The beginning of a log. */
  record Tree(String tenantId, long size) {}

  private record Wanted(String tenantId, Node node) {}

  /** OFFSET 0 keeps each run a short range of an index, however the rest is planned. */
  private static final String NODES =
      """
      SELECT w.wanted, t.hash
      FROM unnest(?::int[], ?::text[], ?::smallint[], ?::bigint[], ?::bigint[])
           AS w (wanted, tenant_id, level, first, last)
      CROSS JOIN LATERAL (
        SELECT index, hash FROM audit.tree
        WHERE tenant_id = w.tenant_id AND level = w.level AND index BETWEEN w.first AND w.last
        OFFSET 0) AS t
      ORDER BY w.wanted, t.index
      """;

  private StoredTrees() {}

  /** The roots of these trees; one that is not complete any more is missing. */
  static Map<Tree, Hash> roots(Connection connection, List<Tree> trees) throws SQLException {
    List<Wanted> wanted = new ArrayList<>();
    for (Tree tree : trees) {
      for (Node node : new LeafRange(0, tree.size()).nodes()) {
        wanted.add(new Wanted(tree.tenantId(), node));
      }
    }
    Map<Wanted, Hash> hashes = read(connection, wanted);
    Map<Tree, Hash> roots = new HashMap<>();
    for (Tree tree : trees) {
      LeafRange leaves = new LeafRange(0, tree.size());
      if (leaves.nodes().stream()
          .allMatch(node -> hashes.containsKey(new Wanted(tree.tenantId(), node)))) {
        roots.put(
            tree,
            leaves.hash(
                node -> Objects.requireNonNull(hashes.get(new Wanted(tree.tenantId(), node)))));
      }
    }
    return roots;
  }

  private static Map<Wanted, Hash> read(Connection connection, List<Wanted> wanted)
      throws SQLException {
    Map<Integer, List<Hash>> found = new HashMap<>();
    List<StoredRun> runs = wanted.stream().map(one -> StoredRun.of(one.node())).toList();
    try (PreparedStatement query = connection.prepareStatement(NODES)) {
      Object[] numbers = new Object[runs.size()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      query.setArray(1, connection.createArrayOf("int", numbers));
      query.setArray(
          2, connection.createArrayOf("text", wanted.stream().map(Wanted::tenantId).toArray()));
      query.setArray(
          3, connection.createArrayOf("smallint", runs.stream().map(StoredRun::level).toArray()));
      query.setArray(
          4, connection.createArrayOf("bigint", runs.stream().map(StoredRun::first).toArray()));
      query.setArray(
          5, connection.createArrayOf("bigint", runs.stream().map(StoredRun::last).toArray()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(rows.getInt(1), _ -> new ArrayList<>())
              .add(Hash.of(rows.getBytes(2)));
        }
      }
    }
    Map<Wanted, Hash> hashes = new HashMap<>();
    found.forEach(
        (i, run) -> {
          if (run.size() == runs.get(i).last() - runs.get(i).first() + 1) {
            hashes.put(wanted.get(i), runs.get(i).fold(run));
          }
        });
    return hashes;
  }
}
