/** How the platform is, for those who run it. */
@NullMarked
package io.crontopus.projection.health;

import org.jspecify.annotations.NullMarked;
