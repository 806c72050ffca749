/** crontopus auth: logging in and out. */
@NullMarked
package io.crontopus.cli.auth;

import org.jspecify.annotations.NullMarked;
