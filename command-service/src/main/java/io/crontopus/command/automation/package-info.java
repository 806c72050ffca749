/** What happens because something else happened, across features: when … then …. */
@NullMarked
package io.crontopus.command.automation;

import org.jspecify.annotations.NullMarked;
