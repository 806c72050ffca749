/** crontopus sessions: where somebody is logged in. */
@NullMarked
package io.crontopus.cli.sessions;

import org.jspecify.annotations.NullMarked;
