/** Tables, JSON and YAML on standard output, safe to show on a terminal. */
@NullMarked
package io.crontopus.cli.output;

import org.jspecify.annotations.NullMarked;
