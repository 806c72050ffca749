/** The command line: how soon it is done. */
@NullMarked
package io.crontopus.bench.cli;

import org.jspecify.annotations.NullMarked;
