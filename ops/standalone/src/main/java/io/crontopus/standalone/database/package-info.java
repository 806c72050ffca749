/** PostgreSQL: its own programs in a folder, or somebody else's server by URL. */
@NullMarked
package io.crontopus.standalone.database;

import org.jspecify.annotations.NullMarked;
