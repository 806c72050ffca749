/** The audit log over HTTP: events, exports that verify by themselves, checkpoints and proofs. */
@NullMarked
package io.crontopus.query.audit;

import org.jspecify.annotations.NullMarked;
