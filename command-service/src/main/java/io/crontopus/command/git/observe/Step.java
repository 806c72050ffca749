package io.crontopus.command.git.observe;

import java.time.Instant;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One movement of main.
 *
 * @param from the head before, null for the first
 * @param to the head after
 * @param actor who pushed
 * @param at when main moved, to the second
 */
record Step(@Nullable ObjectId from, ObjectId to, String actor, Instant at) {}
