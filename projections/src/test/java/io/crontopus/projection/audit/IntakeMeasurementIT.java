package io.crontopus.projection.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many leaves a second are taken in and signed, of events of 20 tenants that are there already:
 * with {@code -Dcrontopus.measure.leaves=<how many>}.
 */
@EnabledIfSystemProperty(named = "crontopus.measure.leaves", matches = "\\d+")
class IntakeMeasurementIT {

  @TempDir Path folder;

  @Test
  void leavesASecond() throws Exception {
    int leaves = Integer.getInteger("crontopus.measure.leaves");
    String[] tenants = IntStream.range(0, 20).mapToObj(i -> "tenant-" + i).toArray(String[]::new);
    try (AuditDatabase database = new AuditDatabase()) {
      for (int i = 0; i < leaves; i += 5_000) {
        database.append(5_000, tenants);
      }
      database.jdbc.sql("VACUUM ANALYZE event_store.domain_event").update();
      for (int batch : new int[] {1_000, 4_000, 10_000}) {
        database
            .jdbc
            .sql("TRUNCATE audit.entry, audit.node, audit.log, audit.checkpoint, audit.signing_key")
            .update();
        database.jdbc.sql("UPDATE audit.progress SET position = 0, signed_at = NULL").update();
        long began = System.nanoTime();
        try (AuditLog node = database.node(folder.resolve("key-" + batch), batch, false)) {
          node.start();
          while (database.number("SELECT coalesce(sum(signed_size), 0) FROM audit.log") < leaves) {
            Thread.sleep(20);
          }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
            "batches of %,d: %,d leaves in %.2f s, %,.0f a second%n",
            batch, leaves, seconds, leaves / seconds);
      }
      long began = System.nanoTime();
      assertThat(database.check()).isEmpty();
      System.out.printf(
          "compared again: %,.0f a second%n", leaves / ((System.nanoTime() - began) / 1e9));
    }
  }
}
