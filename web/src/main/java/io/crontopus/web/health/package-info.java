/** What parts of the platform tell its operators of themselves. */
@NullMarked
package io.crontopus.web.health;

import org.jspecify.annotations.NullMarked;
