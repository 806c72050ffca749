/** What happened to the audit log itself. */
@NullMarked
package io.crontopus.audit.events;

import org.jspecify.annotations.NullMarked;
