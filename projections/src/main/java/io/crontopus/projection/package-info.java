/**
 * The processors that turn events into the read model, each row in the transaction that stores its
 * token.
 */
@NullMarked
package io.crontopus.projection;

import org.jspecify.annotations.NullMarked;
