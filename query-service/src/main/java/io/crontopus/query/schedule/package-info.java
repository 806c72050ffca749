/** When jobs are due next. */
@NullMarked
package io.crontopus.query.schedule;

import org.jspecify.annotations.NullMarked;
