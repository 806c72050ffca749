/** The way to the read model: one tenant's rows at a time. */
@NullMarked
package io.crontopus.query.database;

import org.jspecify.annotations.NullMarked;
