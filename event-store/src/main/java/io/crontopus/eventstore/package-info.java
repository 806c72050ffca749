/** The event log on PostgreSQL: names, serialization, storage and schema. */
@NullMarked
package io.crontopus.eventstore;

import org.jspecify.annotations.NullMarked;
