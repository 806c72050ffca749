package io.crontopus.query.audit;

import io.crontopus.query.page.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of events. */
public record AuditEventPage(List<AuditEvent> events, @Nullable String nextCursor) {

  static AuditEventPage of(List<AuditRow> rows, PageRequest page) {
    boolean more = rows.size() > page.limit();
    List<AuditEvent> shown = rows.stream().limit(page.limit()).map(AuditEvent::of).toList();
    return new AuditEventPage(
        shown, more ? PageRequest.cursor(Long.toString(shown.getLast().seq())) : null);
  }
}
