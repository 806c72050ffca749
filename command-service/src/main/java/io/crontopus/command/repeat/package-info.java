/** Requests that may come twice and count once. */
@NullMarked
package io.crontopus.command.repeat;

import org.jspecify.annotations.NullMarked;
