/** Endpoints. */
@NullMarked
package io.crontopus.query.endpoint;

import org.jspecify.annotations.NullMarked;
