/** What can happen to users and invitations. Names and addresses are personal: they are in none. */
@NullMarked
package io.crontopus.user.events;

import org.jspecify.annotations.NullMarked;
