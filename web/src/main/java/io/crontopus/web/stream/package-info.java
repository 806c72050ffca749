/** Answers that stay open, for as long as their caller may have them. */
@NullMarked
package io.crontopus.web.stream;

import org.jspecify.annotations.NullMarked;
