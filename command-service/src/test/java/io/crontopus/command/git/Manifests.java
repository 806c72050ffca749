package io.crontopus.command.git;

/** Manifests to push. */
final class Manifests {
  static final String INVALID =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: broken
      spec:
        schedule: "99 * * * *"
        command: "true"
      """;

  private Manifests() {}

  static String job(String name) {
    return job(name, "true");
  }

  static String job(String name, String command) {
    return """
        apiVersion: v1
        kind: Job
        metadata:
          name: %s
        spec:
          schedule: "0 2 * * *"
          command: "%s"
        """
        .formatted(name, command);
  }
}
