/** Figures, each with its target and its limit, and the ways to show them. */
@NullMarked
package io.crontopus.bench.report;

import org.jspecify.annotations.NullMarked;
