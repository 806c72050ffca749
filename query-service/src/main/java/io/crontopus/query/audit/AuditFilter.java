package io.crontopus.query.audit;

import io.crontopus.query.page.RequestText;
import io.crontopus.query.page.RequestTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which events are asked for. */
record AuditFilter(
    @Nullable String actor,
    @Nullable String type,
    @Nullable String subject,
    @Nullable Instant from,
    @Nullable Instant to) {

  static AuditFilter of(
      @Nullable String actor,
      @Nullable String type,
      @Nullable String subject,
      @Nullable String from,
      @Nullable String to) {
    return new AuditFilter(
        RequestText.filter("actor", actor),
        RequestText.filter("type", type),
        RequestText.filter("subject", subject),
        RequestTime.optional("from", from),
        RequestTime.optional("to", to));
  }
}
