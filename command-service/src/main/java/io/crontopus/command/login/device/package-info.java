/** Letting in programs that have no browser (RFC 8628): they show a code, and somebody approves. */
@NullMarked
package io.crontopus.command.login.device;

import org.jspecify.annotations.NullMarked;
