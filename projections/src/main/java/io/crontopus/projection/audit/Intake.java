package io.crontopus.projection.audit;

import io.crontopus.eventstore.CopyRows;
import io.crontopus.eventstore.EventBatch;
import io.crontopus.eventstore.EventLog;
import io.crontopus.proof.tree.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the next events of the domain log into their tenants' trees, all in the transaction that
 * notes how far it has come: each event once, whatever is killed when.
 */
final class Intake {

  /** Whether somebody else is at it, how many events were taken, and whether more wait. */
  record Result(boolean busy, int events, boolean more) {}

  private static final int ENTRY_COLUMNS = 9;
  private static final int NODE_COLUMNS = 4;

  private final EventLog log;
  private final int batch;

  Intake(EventLog log, int batch) {
    this.log = log;
    this.batch = batch;
  }

  Result run(Connection connection) throws SQLException {
    AuditTables tables = new AuditTables(connection);
    OptionalLong position = tables.lock(false);
    if (position.isEmpty()) {
      return new Result(true, 0, false);
    }
    EventBatch read = log.read(position.getAsLong(), Set.of(), batch);
    List<LoggedEvent> events = read.events().stream().map(LoggedEvent::of).toList();
    if (!events.isEmpty()) {
      append(tables, events);
      tables.advance(events.getLast().position());
    }
    return new Result(false, events.size(), read.more());
  }

  private static void append(AuditTables tables, List<LoggedEvent> events) throws SQLException {
    Map<String, TreeState> logs =
        tables.logs(
            events.stream()
                .map(event -> event.origin().tenantId())
                .collect(Collectors.toUnmodifiableSet()));
    CopyRows entries = new CopyRows();
    CopyRows nodes = new CopyRows();
    for (LoggedEvent event : events) {
      append(event, logs, entries, nodes);
    }
    tables.copyEntries(entries);
    tables.copyNodes(nodes);
    tables.store(logs);
  }

  private static void append(
      LoggedEvent event, Map<String, TreeState> logs, CopyRows entries, CopyRows nodes) {
    EventOrigin origin = event.origin();
    TreeState log = logs.computeIfAbsent(origin.tenantId(), _ -> TreeState.empty());
    long seq = log.size();
    Hash leaf = event.leafHash(origin.tenantId(), seq);
    log.append(
        leaf, (node, hash) -> node(nodes, origin.tenantId(), node.level(), node.index(), hash));
    entries
        .row(ENTRY_COLUMNS)
        .text(origin.tenantId())
        .int8(seq)
        .int8(event.position())
        .time(time(event.content().recordedAt()))
        .bytes(leaf.bytes())
        .bytes(log.chain().bytes())
        .text(event.content().type())
        .text(origin.actor())
        .text(origin.subject());
  }

  static void node(CopyRows nodes, String tenant, int level, long index, Hash hash) {
    nodes.row(NODE_COLUMNS).text(tenant).int2(level).int8(index).bytes(hash.bytes());
  }

  /** When it was recorded; what is no time sorts before everything. */
  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
