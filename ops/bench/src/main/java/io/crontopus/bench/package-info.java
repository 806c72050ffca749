/** The launcher's bench command: the platform, measured from outside. */
@NullMarked
package io.crontopus.bench;

import org.jspecify.annotations.NullMarked;
