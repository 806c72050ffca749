package io.crontopus.cli.jobs;

import java.nio.file.Path;

/**
 * What manifests' paths are relative to.
 *
 * @param root its top directory
 * @param extent what rules that hold across files are checked on
 */
record Repository(Path root, Extent extent) {

  /** How much of a repository is known. */
  enum Extent {
    /** All of it is there, whether it was asked about or not. */
    WHOLE,
    /** What was asked about is all there is. */
    GIVEN,
    /** Single files: what they refer to may be elsewhere. */
    UNKNOWN
  }
}
