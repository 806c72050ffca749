package io.crontopus.query.audit;

import static io.crontopus.query.database.Columns.optionalTime;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.time;

import io.crontopus.proof.note.VerifierKey;
import io.crontopus.query.database.Query;
import io.crontopus.query.database.TenantQueries;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The public keys that checkpoints were and are signed with. */
public final class AuditKeys {

  private static final String ALL =
      """
      SELECT verifier, valid_from, valid_to FROM audit.signing_key WHERE $1::text IS NOT NULL
      ORDER BY valid_to IS NULL DESC, valid_from DESC
      """;

  /**
   * A key.
   *
   * @param name the origin of the log that it signs
   * @param keyId eight hexadecimal digits
   * @param key {@code name+hash+key}, what verifiers take
   * @param platformKey the same key for the platform's own log
   * @param validTo since when it signs no more; null while it does
   */
  public record Key(
      String name,
      String keyId,
      String algorithm,
      String key,
      String platformKey,
      Instant validFrom,
      @Nullable Instant validTo) {}

  /** All keys, those that sign now first. */
  public record Keys(List<Key> keys) {}

  private final TenantQueries queries;

  public AuditKeys(TenantQueries queries) {
    this.queries = queries;
  }

  Mono<Keys> all(String tenantId) {
    return queries
        .all(
            tenantId,
            Query.of(ALL),
            row -> {
              VerifierKey platform = VerifierKey.parse(text(row, "verifier"));
              VerifierKey key = platform.named(platform.name() + "/tenant/" + tenantId);
              return new Key(
                  key.name(),
                  key.id().toString(),
                  "Ed25519",
                  key.toString(),
                  platform.toString(),
                  time(row, "valid_from"),
                  optionalTime(row, "valid_to"));
            })
        .map(Keys::new);
  }
}
