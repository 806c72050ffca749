/** The local copy of the tenant's repository. */
@NullMarked
package io.crontopus.agent.git;

import org.jspecify.annotations.NullMarked;
