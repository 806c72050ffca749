/** Jobs turned back into their canonical form. */
@NullMarked
package io.crontopus.manifest.write;

import org.jspecify.annotations.NullMarked;
