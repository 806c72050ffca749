/** Parameters and pages of lists. */
@NullMarked
package io.crontopus.query.page;

import org.jspecify.annotations.NullMarked;
