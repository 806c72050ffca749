/**
 * Who may call: users, their passwords and sessions, API tokens, endpoint tokens and enrollment
 * tokens.
 */
@NullMarked
package io.crontopus.identity;

import org.jspecify.annotations.NullMarked;
