/** Signed checkpoints: C2SP {@code signed-note} and {@code tlog-checkpoint} with Ed25519 keys. */
@NullMarked
package io.crontopus.proof.note;

import org.jspecify.annotations.NullMarked;
