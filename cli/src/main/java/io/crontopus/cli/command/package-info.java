/** What all commands share: options, paging, confirmation, and how failures are shown. */
@NullMarked
package io.crontopus.cli.command;

import org.jspecify.annotations.NullMarked;
