/** Records of runs that wait on disk until the platform has them. */
@NullMarked
package io.crontopus.agent.spool;

import org.jspecify.annotations.NullMarked;
