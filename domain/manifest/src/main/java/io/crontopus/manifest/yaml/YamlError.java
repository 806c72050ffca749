package io.crontopus.manifest.yaml;

/** Text that is not YAML, or more YAML than is good for anyone. */
public final class YamlError extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String problem;

  public YamlError(Position at, String problem) {
    super(problem);
    this.at = at;
    this.problem = problem;
  }

  public Position at() {
    return at;
  }

  /** What is wrong and what would be right. */
  public String problem() {
    return problem;
  }
}
