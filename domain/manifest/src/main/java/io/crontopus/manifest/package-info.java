/** Job manifests: what a team writes in Git, parsed and checked. */
@NullMarked
package io.crontopus.manifest;

import org.jspecify.annotations.NullMarked;
