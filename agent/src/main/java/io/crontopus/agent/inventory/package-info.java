/** What the agent has scheduled, and what it tells the platform about it. */
@NullMarked
package io.crontopus.agent.inventory;

import org.jspecify.annotations.NullMarked;
