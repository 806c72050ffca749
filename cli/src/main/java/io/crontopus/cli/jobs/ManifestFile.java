package io.crontopus.cli.jobs;

import io.crontopus.manifest.ParsedManifest;

/**
 * A file that is checked.
 *
 * @param shownAs as the user would name it
 * @param manifest what it holds; its path is the one in the repository
 */
record ManifestFile(String shownAs, ParsedManifest manifest, Repository repository) {

  String path() {
    return manifest.path();
  }
}
