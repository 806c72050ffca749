package io.crontopus.projection.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found, kept until somebody has looked into it. */
final class Findings {

  private static final Logger log = LoggerFactory.getLogger(Findings.class);
  private static final String STORE =
      """
      INSERT INTO audit.finding (tenant_id, kind, seq, detail, found_at)
      VALUES (?, ?, ?, ?, clock_timestamp())
      ON CONFLICT (tenant_id, kind) DO NOTHING
      """;

  private final AtomicLong reported = new AtomicLong();

  /** Notes a finding; one of a kind for each tenant, so that a long list hides nothing. */
  void report(Connection connection, Finding finding) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(STORE)) {
      insert.setString(1, finding.tenantId());
      insert.setString(2, finding.kind().wireName());
      insert.setLong(3, finding.seq());
      insert.setString(4, finding.detail());
      if (insert.executeUpdate() > 0) {
        reported.incrementAndGet();
        log.error(
            "the audit log of {} is not intact: {} at seq {}: {}",
            finding.tenantId().isEmpty() ? "the platform" : finding.tenantId(),
            finding.kind().wireName(),
            finding.seq(),
            finding.detail());
      }
    }
  }

  /** How many this process has found. */
  long reported() {
    return reported.get();
  }
}
