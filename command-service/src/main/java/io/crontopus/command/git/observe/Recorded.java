package io.crontopus.command.git.observe;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * How far a repository has been recorded.
 *
 * @param commit the last commit that was; null when none was
 * @param inForce the jobs that were defined then
 * @param marker the object that says so, which the next one replaces
 */
record Recorded(@Nullable ObjectId commit, InForce inForce, @Nullable ObjectId marker) {
  static final Recorded NOTHING = new Recorded(null, InForce.NOTHING, null);
}
