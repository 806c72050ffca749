/** The services, put together as one Spring application. */
@NullMarked
package io.crontopus.standalone.server;

import org.jspecify.annotations.NullMarked;
