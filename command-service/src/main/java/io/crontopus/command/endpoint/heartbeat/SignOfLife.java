package io.crontopus.command.endpoint.heartbeat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat as it came in.
 *
 * @param sentAt by the machine's clock, in milliseconds since 1970
 * @param receivedAt by this node's clock, in milliseconds since 1970
 * @param spoolDepth how many reports wait on the machine; null when it did not say
 */
public record SignOfLife(
    String tenantId,
    UUID endpointId,
    long sentAt,
    long receivedAt,
    Said said,
    @Nullable Long spoolDepth) {

  /** What changes rarely: an agent says the same for days. */
  public record Said(
      @Nullable String version,
      @Nullable String scheduler,
      @Nullable Boolean schedulerAlive,
      @Nullable String appliedCommit) {

    static final Said NOTHING = new Said(null, null, null, null);
  }
}
