@NullMarked
package io.crontopus.command.mail.letter;

import org.jspecify.annotations.NullMarked;
