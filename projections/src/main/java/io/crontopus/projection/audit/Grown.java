package io.crontopus.projection.audit;

import io.crontopus.proof.tree.Hash;

/**
 * A log with more leaves than were signed.
 *
 * @param lastSize the size that was signed last; 0 when none was
 * @param lastRoot the root that was signed last
 */
record Grown(String tenantId, long size, Hash root, long lastSize, Hash lastRoot) {}
