/** What those who run the platform do to it. */
@NullMarked
package io.crontopus.platform.events;

import org.jspecify.annotations.NullMarked;
