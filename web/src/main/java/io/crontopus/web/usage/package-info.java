/** What each tenant uses of the platform, counted where it comes in. */
@NullMarked
package io.crontopus.web.usage;

import org.jspecify.annotations.NullMarked;
