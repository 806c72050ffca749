/**
 * How commands about runs get into the log: many in one transaction, decided one by one, answered
 * after the commit.
 */
@NullMarked
package io.crontopus.command.run.intake;

import org.jspecify.annotations.NullMarked;
