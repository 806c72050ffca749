/** Keys with which a job reports by an address alone. */
@NullMarked
package io.crontopus.command.ping;

import org.jspecify.annotations.NullMarked;
