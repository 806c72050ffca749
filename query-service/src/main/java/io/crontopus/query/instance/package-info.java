/** The jobs that endpoints' schedulers have, as both endpoints and jobs list them. */
@NullMarked
package io.crontopus.query.instance;

import org.jspecify.annotations.NullMarked;
