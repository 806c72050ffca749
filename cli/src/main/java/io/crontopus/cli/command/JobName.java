package io.crontopus.cli.command;

import io.crontopus.cli.http.Query;
import io.crontopus.cli.shell.Failure;
import org.jspecify.annotations.Nullable;

/** A job as people name it: {@code backup} or {@code default/backup}. */
public record JobName(String namespace, String name) {
  private static final String DEFAULT_NAMESPACE = "default";

  /**
   * @param namespace the namespace that was given apart from the name; null for none
   * @throws Failure when both disagree, or the name is no name
   */
  public static JobName parse(String text, @Nullable String namespace) {
    int slash = text.indexOf('/');
    String name = text.substring(slash + 1);
    String written = slash < 0 ? "" : text.substring(0, slash);
    if (name.isBlank() || name.contains("/") || slash == 0) {
      throw Failure.usage("'" + text + "' names no job: it is NAME or NAMESPACE/NAME.");
    }
    if (namespace != null && !written.isEmpty() && !written.equals(namespace)) {
      throw Failure.usage("'" + text + "' is not in the namespace " + namespace + ".");
    }
    String chosen = namespace == null ? DEFAULT_NAMESPACE : namespace;
    return new JobName(written.isEmpty() ? chosen : written, name);
  }

  /** Its path under {@code /api}. */
  public String path() {
    return "/jobs/" + Query.segment(namespace) + "/" + Query.segment(name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
