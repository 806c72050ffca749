/** What every event has: a stable name and a tenant. */
@NullMarked
package io.crontopus.event;

import org.jspecify.annotations.NullMarked;
