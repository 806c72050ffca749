/** Logging in and out. */
@NullMarked
package io.crontopus.login;

import org.jspecify.annotations.NullMarked;
