package io.crontopus.query.database;

import io.crontopus.run.RunStatus;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The indexes of {@code read_model.run} have the status before the time: each is read apart. */
public final class StatusWalks {

  private StatusWalks() {}

  /** The rows of this query for every status, which stands for {@code {status}} in it. */
  public static String forEachStatus(String query) {
    return Arrays.stream(RunStatus.values())
        .map(status -> query.replace("{status}", status.wireName()))
        .collect(Collectors.joining("UNION ALL\n"));
  }
}
