/** The Git hosting, driven by the stock Git client over real HTTP. */
@NullMarked
package io.crontopus.command.git;

import org.jspecify.annotations.NullMarked;
