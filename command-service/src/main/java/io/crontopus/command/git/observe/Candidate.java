package io.crontopus.command.git.observe;

import io.crontopus.manifest.FieldPlace;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ParsedManifest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A valid job in a tree; whether it comes into force is decided by looking at all of them. */
record Candidate(UUID jobId, InForce.Source source, JobManifest manifest, ParsedManifest file) {
  /** Where a field of the job stands; the job's first line when it is not written there. */
  FieldPlace place(String field) {
    return file.places().stream()
        .filter(place -> place.document() == manifest.line() && place.field().equals(field))
        .findFirst()
        .orElse(new FieldPlace(manifest.line(), field, manifest.line(), 1));
  }

  /** Whether it stands at the same place as another; there is one tree at a time. */
  boolean isAt(JobManifest other) {
    return manifest.path().equals(other.path()) && manifest.line() == other.line();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Candidate candidate && isAt(candidate.manifest);
  }

  @Override
  public int hashCode() {
    return 31 * manifest.path().hashCode() + manifest.line();
  }
}
