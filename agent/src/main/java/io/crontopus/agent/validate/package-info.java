/** Checking manifests before they are pushed. */
@NullMarked
package io.crontopus.agent.validate;

import org.jspecify.annotations.NullMarked;
