/** Starting, finding and stopping a platform: up, down, status, logs. */
@NullMarked
package io.crontopus.standalone.lifecycle;

import org.jspecify.annotations.NullMarked;
