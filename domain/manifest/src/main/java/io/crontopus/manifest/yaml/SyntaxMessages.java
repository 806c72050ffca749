package io.crontopus.manifest.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the YAML parser says, in words that name the remedy. */
final class SyntaxMessages {

  private SyntaxMessages() {}

  static YamlError explain(MarkedYamlEngineException e, int firstLine) {
    Position at =
        YamlDocuments.position(
            e.getProblemMark().isPresent() ? e.getProblemMark() : e.getContextMark(), firstLine);
    @Nullable String context = e.getContext();
    String problem = String.valueOf(e.getProblem());
    return new YamlError(at, message(context == null ? "" : context, problem));
  }

  private static String message(String context, String problem) {
    if (problem.contains("TAB")) {
      return "a tab cannot indent or start a value; use spaces";
    }
    if (problem.contains("mapping values are not allowed here")) {
      return "a second ': ' in this line, or wrong indentation; quote the text that holds the ': '";
    }
    if (problem.contains("undefined alias")) {
      return problem + "; an alias (*) needs an anchor (&) before it";
    }
    if (context.contains("scanning an alias")) {
      return "a text that starts with * must be in quotes: \"*/5 * * * *\"";
    }
    if (problem.contains("cannot start any token")) {
      return problem + "; quote the text";
    }
    String where = context.isBlank() ? "" : " (" + context + ")";
    return "not YAML: " + problem.strip() + where + "; check quotes, brackets and indentation";
  }
}
