/**
 * The whole product with its real parts: Git's client, cron, the wrapper, the agent, the platform,
 * PostgreSQL.
 */
@NullMarked
package io.crontopus.standalone.endtoend;

import org.jspecify.annotations.NullMarked;
