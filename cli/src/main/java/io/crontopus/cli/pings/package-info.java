/** {@code crontopus ping-keys}. */
@NullMarked
package io.crontopus.cli.pings;

import org.jspecify.annotations.NullMarked;
