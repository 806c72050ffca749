/** Tokens with which machines enroll. */
@NullMarked
package io.crontopus.command.enrollment;

import org.jspecify.annotations.NullMarked;
