package io.crontopus.standalone.database;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings that a new cluster gets in its {@code postgresql.conf}, where whoever runs it may change
 * them. PostgreSQL's own are made for the smallest machine of twenty years ago.
 */
final class Tuning {

  private static final long MIB = 1 << 20;
  private static final long LEAST_BUFFERS = 128;
  private static final long MOST_BUFFERS = 2_048;

  private Tuning() {}

  /** For the memory of this machine, or what its container may use of it. */
  static List<String> options() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return options(system.getTotalMemorySize() / MIB);
  }

  /**
   * Arguments for {@code initdb}.
   *
   * @param memory MiB
   */
  static List<String> options(long memory) {
    List<String> options = new ArrayList<>();
    for (String setting :
        List.of(
            "shared_buffers=" + Math.clamp(memory / 8, LEAST_BUFFERS, MOST_BUFFERS) + "MB",
            "effective_cache_size=" + Math.max(LEAST_BUFFERS, memory / 2) + "MB",
            // Every page that changes after a checkpoint is logged whole: seldom is cheaper.
            "checkpoint_timeout=15min",
            "max_wal_size=2GB",
            "random_page_cost=1.1",
            // Statements are short; compiling them costs more than it saves.
            "jit=off")) {
      options.add("--set");
      options.add(setting);
    }
    return options;
  }
}
