/** crontopus users: who belongs to the tenant, and what they may do. */
@NullMarked
package io.crontopus.cli.users;

import org.jspecify.annotations.NullMarked;
