package io.crontopus.projection.live;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Says what changed, in the transaction of the change, so that every node can tell those who watch.
 */
public final class ChangeFeed {

  /** What can be watched. */
  public enum Topic {
    RUNS("runs"),
    ENDPOINTS("endpoints"),
    JOBS("jobs");

    private final String wireName;

    Topic(String wireName) {
      this.wireName = wireName;
    }
  }

  private final JdbcClient jdbc;

  public ChangeFeed(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Records that the resource with this key is not what it was. */
  public void changed(String tenantId, Topic topic, String key) {
    jdbc.sql(
            """
            INSERT INTO read_model.ui_change (tenant_id, topic, key) VALUES (?, ?, ?)
            """)
        .params(tenantId, topic.wireName, key)
        .update();
  }

  /** Forgets changes older than this: who was away for longer reads anew. */
  public void forget(Duration age) {
    jdbc.sql(
            """
            DELETE FROM read_model.ui_change
            WHERE changed_at < clock_timestamp() - make_interval(secs => ?)
            """)
        .param(age.toSeconds())
        .update();
  }
}
