package io.crontopus.manifest.yaml;

/** Text that is not YAML, or more YAML than is good for anyone. */
public final class YamlError extends Exception {

  private static final long serialVersionUID = 1L;

  /** The YAML parser repeats what it stumbles over, however long that is. */
  private static final int LONGEST = 500;

  private final transient Position at;
  private final String problem;

  public YamlError(Position at, String problem) {
    super(problem);
    this.at = at;
    this.problem = problem.length() > LONGEST ? problem.substring(0, LONGEST) + "…" : problem;
  }

  public Position at() {
    return at;
  }

  /** What is wrong and what would be right. */
  public String problem() {
    return problem;
  }
}
