/** What operators do with tenants: make, suspend, resume and remove them. */
@NullMarked
package io.crontopus.command.admin;

import org.jspecify.annotations.NullMarked;
