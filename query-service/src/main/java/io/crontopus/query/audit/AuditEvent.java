package io.crontopus.query.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in its tenant's audit log, as the API shows it.
 *
 * @param seq its place in the log, from 0
 * @param actor who caused it: {@code user:…}, {@code token:…}, {@code endpoint:…} or {@code system}
 * @param subject what it is about, as {@code run:…}, {@code job:…}
 * @param payload what happened; null when the stored event is gone
 * @param leafHash base64
 * @param intact whether the stored event still is the one that was hashed
 */
public record AuditEvent(
    long seq,
    String type,
    Instant time,
    String tenantId,
    String actor,
    String subject,
    @Nullable Object payload,
    String leafHash,
    boolean intact) {

  static AuditEvent of(AuditRow row) {
    return new AuditEvent(
        row.seq(),
        row.type(),
        row.time(),
        row.tenantId(),
        row.actor(),
        row.subject(),
        row.leaf() == null ? null : StoredJson.tree(row.leaf().payload()),
        row.leafHash().base64(),
        row.intact());
  }
}
