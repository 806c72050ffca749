/** What letters say, and how they are written as text and as HTML. */
@NullMarked
package io.crontopus.command.mail.letter;

import org.jspecify.annotations.NullMarked;
