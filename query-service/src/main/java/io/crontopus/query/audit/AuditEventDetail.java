package io.crontopus.query.audit;

import io.crontopus.proof.leaf.AuditLeaf;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An event in its tenant's audit log with everything that is hashed.
 *
 * @param sequence its place among the events of its subject
 * @param metadata who caused it, as stored
 * @param leaf base64 of the bytes that are hashed, made of the event as it is stored now; null when
 *     it is gone
 */
public record AuditEventDetail(
    long seq,
    String type,
    Instant time,
    String tenantId,
    String actor,
    String subject,
    @Nullable Object payload,
    String leafHash,
    boolean intact,
    @Nullable String eventId,
    @Nullable Long sequence,
    @Nullable Object metadata,
    @Nullable String leaf) {

  static AuditEventDetail of(AuditRow row) {
    AuditEvent event = AuditEvent.of(row);
    AuditLeaf leaf = row.leaf();
    return new AuditEventDetail(
        event.seq(),
        event.type(),
        event.time(),
        event.tenantId(),
        event.actor(),
        event.subject(),
        event.payload(),
        event.leafHash(),
        event.intact(),
        leaf == null ? null : leaf.eventId(),
        leaf == null ? null : leaf.sequence(),
        leaf == null ? null : StoredJson.tree(leaf.metadata()),
        leaf == null ? null : Base64.getEncoder().encodeToString(leaf.encode()));
  }
}
