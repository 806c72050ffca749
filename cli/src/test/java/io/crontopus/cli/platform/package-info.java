/** A server and a terminal that tests of the command line talk to. */
@NullMarked
package io.crontopus.cli.platform;

import org.jspecify.annotations.NullMarked;
