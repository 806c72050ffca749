/** Letters by e-mail: queued with what causes them, sent until they are sent or it is too late. */
@NullMarked
package io.crontopus.command.mail;

import org.jspecify.annotations.NullMarked;
