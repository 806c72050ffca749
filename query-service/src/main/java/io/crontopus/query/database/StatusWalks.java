package io.crontopus.query.database;

import io.crontopus.run.RunStatus;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The indexes of {@code read_model.run} have the status before the time: each is read apart. */
public final class StatusWalks {

  private StatusWalks() {}

  /** The rows of this query for every status, which stands for {@code {status}} in it. */
  public static String forEachStatus(String query) {
    return forEachStatus(EnumSet.allOf(RunStatus.class), query);
  }

  /** The rows of this query for these statuses. */
  public static String forEachStatus(Set<RunStatus> statuses, String query) {
    return statuses.stream()
        .map(status -> query.replace("{status}", status.wireName()))
        .collect(Collectors.joining("UNION ALL\n"));
  }
}
