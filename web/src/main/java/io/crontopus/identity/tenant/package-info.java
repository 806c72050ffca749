/** What operators have made of tenants, as every node has to know it. */
@NullMarked
package io.crontopus.identity.tenant;

import org.jspecify.annotations.NullMarked;
