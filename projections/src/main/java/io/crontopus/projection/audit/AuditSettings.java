package io.crontopus.projection.audit;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the audit log is kept.
 *
 * @param keyFile the private keys that sign; made at the first start. Empty: nothing is signed
 * @param acceptNewKey sign with a key that the database does not know, because the old one is lost
 * @param checkpointEvery how often a log that grows is signed
 * @param checkEvery how often all events are compared with what was signed
 * @param batch how many events are taken in at once
 */
public record AuditSettings(
    String keyFile,
    boolean acceptNewKey,
    Duration checkpointEvery,
    Duration checkEvery,
    int batch) {

  SigningKeyFile file() {
    return new SigningKeyFile(Path.of(keyFile));
  }
}
