/** Real parts for tests: the launcher's processes, Git's client, cron's daemon, HTTP. */
@NullMarked
package io.crontopus.standalone.harness;

import org.jspecify.annotations.NullMarked;
