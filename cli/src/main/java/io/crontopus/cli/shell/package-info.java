/** What surrounds a command: streams, terminal, environment, and how it ends. */
@NullMarked
package io.crontopus.cli.shell;

import org.jspecify.annotations.NullMarked;
