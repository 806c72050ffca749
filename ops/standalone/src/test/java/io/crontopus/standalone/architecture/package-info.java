/** Who may use whom, checked over all modules. */
@NullMarked
package io.crontopus.standalone.architecture;

import org.jspecify.annotations.NullMarked;
