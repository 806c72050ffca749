/** Delivery of the spool's records, in order and for as long as it takes. */
@NullMarked
package io.crontopus.agent.ship;

import org.jspecify.annotations.NullMarked;
