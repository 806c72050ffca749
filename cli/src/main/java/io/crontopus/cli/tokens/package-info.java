/** crontopus tokens and enrollment-tokens: credentials for programs and for new machines. */
@NullMarked
package io.crontopus.cli.tokens;

import org.jspecify.annotations.NullMarked;
