/** crontopus runs: what did run. */
@NullMarked
package io.crontopus.cli.runs;

import org.jspecify.annotations.NullMarked;
