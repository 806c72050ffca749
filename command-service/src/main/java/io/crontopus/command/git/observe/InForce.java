package io.crontopus.command.git.observe;

import java.util.Map;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The jobs that are defined after a push, each by the file version that defines it: main's, or an
 * older one where main's has a problem.
 */
record InForce(Map<UUID, Source> jobs) {
  static final InForce NOTHING = new InForce(Map.of());

  InForce {
    jobs = Map.copyOf(jobs);
  }

  /** One version of one file. */
  record Source(String path, ObjectId blob) {}
}
