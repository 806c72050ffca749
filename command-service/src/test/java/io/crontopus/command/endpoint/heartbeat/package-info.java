/** Heartbeats. */
@NullMarked
package io.crontopus.command.endpoint.heartbeat;

import org.jspecify.annotations.NullMarked;
