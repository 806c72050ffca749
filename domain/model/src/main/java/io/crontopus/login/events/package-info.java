/** What can happen to logins: sessions, passwords, and the keys that sign for them. */
@NullMarked
package io.crontopus.login.events;

import org.jspecify.annotations.NullMarked;
