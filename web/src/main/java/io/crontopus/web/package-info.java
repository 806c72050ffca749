/**
 * The conventions of the HTTP edge that every service keeps: callers, problem documents, cursors,
 * JSON.
 */
@NullMarked
package io.crontopus.web;

import org.jspecify.annotations.NullMarked;
