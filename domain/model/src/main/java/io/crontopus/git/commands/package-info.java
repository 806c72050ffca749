/** What can be asked of a tenant's repository. */
@NullMarked
package io.crontopus.git.commands;

import org.jspecify.annotations.NullMarked;
