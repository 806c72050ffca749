/** Read, compare, act, report: from what should run to what is scheduled. */
@NullMarked
package io.crontopus.agent.reconcile;

import org.jspecify.annotations.NullMarked;
