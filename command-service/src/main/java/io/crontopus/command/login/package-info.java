/** Logging in and out: sessions, passwords, failed attempts, and the keys that sign. */
@NullMarked
package io.crontopus.command.login;

import org.jspecify.annotations.NullMarked;
