/** Enrollment: how a machine becomes an endpoint. */
@NullMarked
package io.crontopus.enrollment;

import org.jspecify.annotations.NullMarked;
