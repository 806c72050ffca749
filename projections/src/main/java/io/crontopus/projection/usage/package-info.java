/** What tenants use, by the day: counted by every node, measured by one. */
@NullMarked
package io.crontopus.projection.usage;

import org.jspecify.annotations.NullMarked;
