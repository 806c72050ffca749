package io.crontopus.projection.audit;

import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SignedNote;
import io.crontopus.proof.note.VerifierKey;
import io.crontopus.proof.tree.Hash;
import java.util.List;

/** Reads stored checkpoints and looks who signed them. */
record CheckpointReader(List<VerifierKey> keys) {

  /** Whether the note says exactly this of this tenant's log, signed by one of the keys. */
  boolean isSigned(String note, String tenantId, long size, Hash root) {
    try {
      SignedNote signed = SignedNote.parse(note);
      Checkpoint checkpoint = Checkpoint.parse(signed.text());
      return checkpoint.size() == size
          && checkpoint.root().equals(root)
          && checkpoint.origin().endsWith("/tenant/" + tenantId)
          && !signed
              .signers(keys.stream().map(key -> key.named(checkpoint.origin())).toList())
              .isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
