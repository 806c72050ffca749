/**
 * Sign-in by providers: how it starts and comes back, whose account is whose, and that nothing else
 * lets people in where it is meant to be the only way.
 */
@NullMarked
package io.crontopus.command.sso;

import org.jspecify.annotations.NullMarked;
