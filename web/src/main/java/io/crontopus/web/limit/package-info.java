/** How often clients may ask for what, and what they are told when it was too often. */
@NullMarked
package io.crontopus.web.limit;

import org.jspecify.annotations.NullMarked;
