/** {@code crontopus audit}: the audit log, and its verification without the platform. */
@NullMarked
package io.crontopus.cli.audit;

import org.jspecify.annotations.NullMarked;
