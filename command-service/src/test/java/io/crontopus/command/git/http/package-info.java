/** The protocol's parts by themselves. */
@NullMarked
package io.crontopus.command.git.http;

import org.jspecify.annotations.NullMarked;
