/**
 * What a push means: the difference in jobs between two commits, handed over exactly once in
 * effect.
 */
@NullMarked
package io.crontopus.command.git.observe;

import org.jspecify.annotations.NullMarked;
