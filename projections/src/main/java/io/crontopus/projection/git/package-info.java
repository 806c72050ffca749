/** Commits, and what is wrong in the manifests. */
@NullMarked
package io.crontopus.projection.git;

import org.jspecify.annotations.NullMarked;
