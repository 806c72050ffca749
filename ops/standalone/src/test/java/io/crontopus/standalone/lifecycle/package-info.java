/** The launcher's own commands, run as its users run them. */
@NullMarked
package io.crontopus.standalone.lifecycle;

import org.jspecify.annotations.NullMarked;
