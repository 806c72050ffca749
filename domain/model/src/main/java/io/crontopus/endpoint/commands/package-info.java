/** What can be asked of an endpoint. */
@NullMarked
package io.crontopus.endpoint.commands;

import org.jspecify.annotations.NullMarked;
