/** Git's smart HTTP protocol on WebFlux: who may do what, framing, limits and flow control. */
@NullMarked
package io.crontopus.command.git.http;

import org.jspecify.annotations.NullMarked;
