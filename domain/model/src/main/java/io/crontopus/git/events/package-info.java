/** What was seen in a tenant's repository. */
@NullMarked
package io.crontopus.git.events;

import org.jspecify.annotations.NullMarked;
