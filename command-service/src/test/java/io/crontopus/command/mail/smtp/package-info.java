@NullMarked
package io.crontopus.command.mail.smtp;

import org.jspecify.annotations.NullMarked;
