/** One sync on request, or what it would do. */
@NullMarked
package io.crontopus.agent.sync;

import org.jspecify.annotations.NullMarked;
