/** The API's own description. */
@NullMarked
package io.crontopus.query.openapi;

import org.jspecify.annotations.NullMarked;
