/** Keeps the documentation true. */
@NullMarked
package io.crontopus.docs;

import org.jspecify.annotations.NullMarked;
