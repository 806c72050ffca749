/** Registration and API tokens. */
@NullMarked
package io.crontopus.command.tenant;

import org.jspecify.annotations.NullMarked;
