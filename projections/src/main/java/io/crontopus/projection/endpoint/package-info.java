/** Endpoints, their signs of life and what their schedulers have. */
@NullMarked
package io.crontopus.projection.endpoint;

import org.jspecify.annotations.NullMarked;
