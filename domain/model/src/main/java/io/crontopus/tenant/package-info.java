/** Tenants, their users and their API tokens. */
@NullMarked
package io.crontopus.tenant;

import org.jspecify.annotations.NullMarked;
