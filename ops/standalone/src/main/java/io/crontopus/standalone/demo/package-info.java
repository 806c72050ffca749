/** Everything at once on throw-away data: platform, agent, sample jobs and their runs, live. */
@NullMarked
package io.crontopus.standalone.demo;

import org.jspecify.annotations.NullMarked;
