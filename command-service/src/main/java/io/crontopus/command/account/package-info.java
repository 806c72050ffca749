/** What people do about their account by links in letters: verify an address, reset a password. */
@NullMarked
package io.crontopus.command.account;

import org.jspecify.annotations.NullMarked;
