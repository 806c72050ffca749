/** Heartbeats: how many, and what they cost. */
@NullMarked
package io.crontopus.bench.heartbeats;

import org.jspecify.annotations.NullMarked;
