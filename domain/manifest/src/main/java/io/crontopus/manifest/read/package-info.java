/** Manifest documents turned into jobs, with every problem collected on the way. */
@NullMarked
package io.crontopus.manifest.read;

import org.jspecify.annotations.NullMarked;
