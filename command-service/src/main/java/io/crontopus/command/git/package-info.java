/** Git hosting: a private repository of job manifests per tenant, and what was pushed to it. */
@NullMarked
package io.crontopus.command.git;

import org.jspecify.annotations.NullMarked;
