/** {@code crontopus projections}: for those who run the platform. */
@NullMarked
package io.crontopus.cli.projections;

import org.jspecify.annotations.NullMarked;
