/** What a daemon is doing, for a person or a script on the machine. */
@NullMarked
package io.crontopus.agent.status;

import org.jspecify.annotations.NullMarked;
