/** What can happen to a tenant, its users and their API tokens. */
@NullMarked
package io.crontopus.tenant.events;

import org.jspecify.annotations.NullMarked;
