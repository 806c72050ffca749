/** Scheduling in the agent's own process. */
@NullMarked
package io.crontopus.agent.embedded;

import org.jspecify.annotations.NullMarked;
