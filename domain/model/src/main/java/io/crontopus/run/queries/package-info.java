/** What can be asked about runs. */
@NullMarked
package io.crontopus.run.queries;

import org.jspecify.annotations.NullMarked;
