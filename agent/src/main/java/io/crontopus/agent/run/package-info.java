/** The daemon: its loops, and how they start and stop. */
@NullMarked
package io.crontopus.agent.run;

import org.jspecify.annotations.NullMarked;
