/** The users of a tenant: people, services, and those who are invited. */
@NullMarked
package io.crontopus.command.user;

import org.jspecify.annotations.NullMarked;
