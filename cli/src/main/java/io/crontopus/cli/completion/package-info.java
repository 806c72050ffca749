/** Shell completion scripts. */
@NullMarked
package io.crontopus.cli.completion;

import org.jspecify.annotations.NullMarked;
