/** What strangers and neighbours can do to a platform: nothing. */
@NullMarked
package io.crontopus.standalone.security;

import org.jspecify.annotations.NullMarked;
