/** Which server, and as whom: the stored logins and what overrides them. */
@NullMarked
package io.crontopus.cli.context;

import org.jspecify.annotations.NullMarked;
