/** Manifests that are not in Git yet. */
@NullMarked
package io.crontopus.query.manifest;

import org.jspecify.annotations.NullMarked;
