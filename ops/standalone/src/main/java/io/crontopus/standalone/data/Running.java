package io.crontopus.standalone.data;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs a platform on a data folder.
 *
 * @param pid its process id
 * @param startedAt when that process began, which tells it from a later one of the same id
 * @param url where it answers; none while it starts
 */
public record Running(long pid, Instant startedAt, @Nullable String url) {

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);

  static Running self(@Nullable String url) {
    ProcessHandle me = ProcessHandle.current();
    return new Running(me.pid(), me.info().startInstant().orElse(Instant.EPOCH), url);
  }

  /** The process, if it is still this one and not a later one of the same id. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(process -> began(process.info().startInstant().orElse(Instant.EPOCH)));
  }

  /** The system derives start times from a clock that may be set meanwhile. */
  private boolean began(Instant instant) {
    return Duration.between(startedAt, instant).abs().compareTo(CLOCK_TOLERANCE) < 0;
  }
}
