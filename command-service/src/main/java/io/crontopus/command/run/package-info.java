/** Check-ins: jobs report what they do. */
@NullMarked
package io.crontopus.command.run;

import org.jspecify.annotations.NullMarked;
