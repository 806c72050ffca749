/** The agent's data folder: where everything that it keeps is, and how files there are written. */
@NullMarked
package io.crontopus.agent.data;

import org.jspecify.annotations.NullMarked;
