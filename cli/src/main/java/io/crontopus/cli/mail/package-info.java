/** crontopus mail: whether the platform can send e-mail. */
@NullMarked
package io.crontopus.cli.mail;

import org.jspecify.annotations.NullMarked;
