/** Signs of life: taken in over HTTP, collected, stored as few events, acknowledged after that. */
@NullMarked
package io.crontopus.command.endpoint.heartbeat;

import org.jspecify.annotations.NullMarked;
