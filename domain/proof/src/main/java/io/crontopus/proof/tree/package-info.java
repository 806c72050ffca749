/** Merkle trees as RFC 6962 hashes them: append, prove, verify. */
@NullMarked
package io.crontopus.proof.tree;

import org.jspecify.annotations.NullMarked;
