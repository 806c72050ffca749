/** The bytes of an event that the audit log hashes. */
@NullMarked
package io.crontopus.proof.leaf;

import org.jspecify.annotations.NullMarked;
