/** The platform's HTTP interface as the agent uses it. */
@NullMarked
package io.crontopus.agent.platform;

import org.jspecify.annotations.NullMarked;
