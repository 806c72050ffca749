/** The users of a tenant, and those who are invited. */
@NullMarked
package io.crontopus.user;

import org.jspecify.annotations.NullMarked;
