/** Endpoints: the machines that run jobs. */
@NullMarked
package io.crontopus.endpoint;

import org.jspecify.annotations.NullMarked;
