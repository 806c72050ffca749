/** What runs a job: the script, and the files that tell it how. */
@NullMarked
package io.crontopus.agent.wrapper;

import org.jspecify.annotations.NullMarked;
