package io.crontopus.manifest.read;

import java.util.Optional;

/**
 * Where a document comes from.
 *
 * @param path the file; empty when there is none
 * @param namespace what the path says that it is
 * @param tenant the repository's tenant, where it is known
 * @param line the line that the document starts in
 */
record Origin(String path, Optional<String> namespace, Optional<String> tenant, int line) {

  Origin atLine(int documentLine) {
    return new Origin(path, namespace, tenant, documentLine);
  }
}
