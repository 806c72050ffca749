/** Endpoints enroll, report and are told what to do. */
@NullMarked
package io.crontopus.command.endpoint;

import org.jspecify.annotations.NullMarked;
