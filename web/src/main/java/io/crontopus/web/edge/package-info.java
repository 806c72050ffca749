/**
 * Where the platform meets the network: whose address a request came from, how it was encrypted,
 * what browsers are told, and how long slow clients are waited for.
 */
@NullMarked
package io.crontopus.web.edge;

import org.jspecify.annotations.NullMarked;
