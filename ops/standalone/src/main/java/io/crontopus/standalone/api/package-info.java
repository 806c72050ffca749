/** The platform's HTTP API, as far as the launcher's own commands need it. */
@NullMarked
package io.crontopus.standalone.api;

import org.jspecify.annotations.NullMarked;
