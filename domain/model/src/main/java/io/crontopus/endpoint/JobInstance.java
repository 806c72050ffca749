package io.crontopus.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as one endpoint's scheduler has it.
 *
 * @param state {@code in_sync}, {@code paused}, {@code drifted} or {@code error}
 * @param message what is wrong, where something is
 */
public record JobInstance(
    String jobId,
    String namespace,
    String name,
    @Nullable String path,
    String state,
    List<String> schedule,
    @Nullable String timezone,
    @Nullable String message) {

  public JobInstance {
    schedule = List.copyOf(schedule);
  }
}
