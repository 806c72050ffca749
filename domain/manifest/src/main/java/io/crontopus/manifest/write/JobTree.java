package io.crontopus.manifest.write;

import io.crontopus.manifest.JobManifest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a job as its canonical tree. */
public final class JobTree {

  private JobTree() {}

  /** See {@link JobManifest#toTree()}. */
  public static Map<String, Object> of(JobManifest job) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    job.id().ifPresent(id -> metadata.put("id", id.toString()));
    metadata.put("namespace", job.namespace());
    metadata.put("name", job.name());
    job.tenant().ifPresent(tenant -> metadata.put("tenant", tenant));
    metadata.put("labels", job.labels());
    metadata.put("annotations", job.annotations());

    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("apiVersion", JobManifest.API_VERSION);
    tree.put("kind", JobManifest.KIND);
    tree.put("metadata", Collections.unmodifiableMap(metadata));
    tree.put("spec", SpecTree.of(job.spec()));
    return Collections.unmodifiableMap(tree);
  }
}
