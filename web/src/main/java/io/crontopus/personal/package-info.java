/** Personal data in a log that is never changed: sealed under a key of the person's own. */
@NullMarked
package io.crontopus.personal;

import org.jspecify.annotations.NullMarked;
