/** The agent's settings: {@code agent.yaml}. */
@NullMarked
package io.crontopus.agent.config;

import org.jspecify.annotations.NullMarked;
