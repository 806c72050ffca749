/** The crontopus command line: entry point and how the nouns hang together. */
@NullMarked
package io.crontopus.cli;

import org.jspecify.annotations.NullMarked;
