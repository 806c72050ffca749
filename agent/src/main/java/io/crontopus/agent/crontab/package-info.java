/** A user's crontab: foreign lines byte by byte, and the block that the agent manages. */
@NullMarked
package io.crontopus.agent.crontab;

import org.jspecify.annotations.NullMarked;
