/** What the operating system counts. */
@NullMarked
package io.crontopus.bench.system;

import org.jspecify.annotations.NullMarked;
