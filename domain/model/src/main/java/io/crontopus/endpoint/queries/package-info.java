/** What can be asked about endpoints. */
@NullMarked
package io.crontopus.endpoint.queries;

import org.jspecify.annotations.NullMarked;
