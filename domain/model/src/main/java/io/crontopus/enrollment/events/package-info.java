/** What can happen to an enrollment token. */
@NullMarked
package io.crontopus.enrollment.events;

import org.jspecify.annotations.NullMarked;
