/** The feed of changes for everybody who watches. */
@NullMarked
package io.crontopus.projection.live;

import org.jspecify.annotations.NullMarked;
