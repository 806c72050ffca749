/** The write side: HTTP in, commands, events out. */
@NullMarked
package io.crontopus.command;

import org.jspecify.annotations.NullMarked;
