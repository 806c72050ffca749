package io.crontopus.agent.reconcile;

import io.crontopus.agent.inventory.ScheduledJob;
import java.io.IOException;
import java.util.List;

/** Something that starts jobs when they are due, and can be told which. */
public interface JobTable {

  /** {@code cron} or {@code embedded}. */
  String name();

  /** Whether jobs are being started at all. */
  boolean isAlive();

  /** Compares the table with what is wanted; changes nothing. */
  TableChange compare(List<ScheduledJob> wanted) throws IOException;

  /**
   * Makes the table what is wanted. When this returns, it is.
   *
   * @return what was different
   */
  TableChange apply(List<ScheduledJob> wanted) throws IOException;
}
