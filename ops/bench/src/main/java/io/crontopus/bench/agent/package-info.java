/** The agent: what it holds while it idles, how soon it syncs. */
@NullMarked
package io.crontopus.bench.agent;

import org.jspecify.annotations.NullMarked;
