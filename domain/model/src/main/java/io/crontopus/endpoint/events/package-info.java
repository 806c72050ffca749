/** What can happen to an endpoint. */
@NullMarked
package io.crontopus.endpoint.events;

import org.jspecify.annotations.NullMarked;
