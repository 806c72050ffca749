/** The operators' API on projections. */
@NullMarked
package io.crontopus.projection.admin;

import org.jspecify.annotations.NullMarked;
