package io.crontopus.command.git.http;

import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;

/**
 * Which refs the outside sees and may push to: branches and tags; the platform's own are hidden.
 */
final class VisibleRefs {
  private VisibleRefs() {}

  static Map<String, Ref> filter(Map<String, Ref> refs) {
    return refs.entrySet().stream()
        .filter(ref -> ref.getKey().equals(Constants.HEAD) || isPublic(ref.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static boolean isPublic(String name) {
    return name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS);
  }
}
