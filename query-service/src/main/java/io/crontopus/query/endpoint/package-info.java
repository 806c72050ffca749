/** Endpoints, and the jobs that their schedulers have. */
@NullMarked
package io.crontopus.query.endpoint;

import org.jspecify.annotations.NullMarked;
