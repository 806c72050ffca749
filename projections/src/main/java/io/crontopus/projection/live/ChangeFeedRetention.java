package io.crontopus.projection.live;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the feed of changes short: nobody resumes after more than an hour. */
public final class ChangeFeedRetention implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ChangeFeedRetention.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final JdbcClient jdbc;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("change-feed-retention").daemon().factory());

  private ChangeFeedRetention(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Starts to forget old changes, until closed. */
  public static ChangeFeedRetention start(JdbcClient jdbc) {
    ChangeFeedRetention retention = new ChangeFeedRetention(jdbc);
    var _ =
        retention.timer.scheduleWithFixedDelay(
            retention::forget, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    return retention;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void forget() {
    try {
      jdbc.sql(
              """
              DELETE FROM read_model.ui_change
              WHERE changed_at < clock_timestamp() - make_interval(secs => ?)
              """)
          .param(KEPT.toSeconds())
          .update();
    } catch (RuntimeException e) {
      log.warn("old entries of the change feed stay until the next attempt: {}", e.getMessage());
    }
  }
}
