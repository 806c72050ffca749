/** What pushes mean, decided without a server. */
@NullMarked
package io.crontopus.command.git.observe;

import org.jspecify.annotations.NullMarked;
