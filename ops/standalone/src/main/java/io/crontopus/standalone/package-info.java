/** The launcher's commands, and the whole platform in one process. */
@NullMarked
package io.crontopus.standalone;

import org.jspecify.annotations.NullMarked;
