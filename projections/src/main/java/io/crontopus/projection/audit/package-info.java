/**
 * The audit log: follows the domain log, hashes every event into its tenant's tree, signs
 * checkpoints, and looks whether what is stored still fits what was signed.
 */
@NullMarked
package io.crontopus.projection.audit;

import org.jspecify.annotations.NullMarked;
