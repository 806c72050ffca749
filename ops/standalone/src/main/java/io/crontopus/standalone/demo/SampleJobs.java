package io.crontopus.standalone.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Three jobs to look at: one that works, one that fails, one that has something to say. */
enum SampleJobs {
  HELLO("hello", "succeeds", "true"),
  BROKEN("broken", "fails with exit code 3", "echo 'cannot reach the warehouse' >&2; exit 3"),
  REPORT(
      "report", "prints what it finds", "echo \"disk space on $(hostname)\"; df -h / | tail -n 1");

  private final String job;
  private final String purpose;
  private final String command;

  SampleJobs(String job, String purpose, String command) {
    this.job = job;
    this.purpose = purpose;
    this.command = command;
  }

  /** Their manifests, by path. */
  static Map<String, String> manifests() {
    Map<String, String> files = new LinkedHashMap<>();
    List.of(values()).forEach(job -> files.put("default/" + job.job + ".yaml", job.manifest()));
    return files;
  }

  private String manifest() {
    return """
    apiVersion: v1
    kind: Job
    metadata:
      name: %s
      labels: {demo: "true"}
      annotations: {description: "%s"}
    spec:
      schedule: "* * * * *"
      command: |-
        %s
    """
        .formatted(job, purpose, command);
  }
}
