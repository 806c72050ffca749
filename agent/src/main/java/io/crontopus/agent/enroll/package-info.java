/** Making this machine an endpoint of a tenant. */
@NullMarked
package io.crontopus.agent.enroll;

import org.jspecify.annotations.NullMarked;
