package io.crontopus.manifest;

import io.crontopus.manifest.read.JobReader;
import io.crontopus.manifest.write.JobTree;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A job as its manifest describes it, complete: defaults are filled in.
 *
 * @param namespace the first directory of the manifest's path
 * @param name unique in the namespace
 * @param id the identity that survives renames, where the manifest gives one
 * @param tenant the tenant that the manifest names, if it names one
 * @param labels sorted by name
 * @param annotations sorted by name
 * @param spec what runs, when, where and how
 * @param path the file, relative to the repository's root, with {@code /}
 * @param line the line that the document's content starts in, from 1; 0 when it came from no file
 */
public record JobManifest(
    String namespace,
    String name,
    Optional<UUID> id,
    Optional<String> tenant,
    Map<String, String> labels,
    Map<String, String> annotations,
    JobSpec spec,
    String path,
    int line) {

  public static final String API_VERSION = "v1";
  public static final String KIND = "Job";

  public JobManifest {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** The job as {@code namespace/name}. */
  public String qualifiedName() {
    return namespace + "/" + name;
  }

  /**
   * The job's identity: {@code metadata.id}, else the version 5 UUID of {@code
   * tenant/namespace/name} in {@link JobId#NAMESPACE}.
   *
   * @param tenantId the tenant whose repository holds the manifest
   */
  public UUID jobId(String tenantId) {
    return id.orElseGet(() -> JobId.of(tenantId, namespace, name));
  }

  /**
   * The manifest as plain maps, lists, strings, integers and booleans: the canonical form, with
   * every default filled in and keys always in the same order. It is itself a valid manifest, and
   * leaves out where it came from, so that two trees are equal when the jobs are.
   */
  public Map<String, Object> toTree() {
    return JobTree.of(this);
  }

  /**
   * The manifest of a tree, as {@link #toTree} or a JSON parser gives it.
   *
   * @throws IllegalArgumentException with all problems in the message, when it is no valid manifest
   */
  public static JobManifest fromTree(Map<String, ?> tree) {
    return fromTree(tree, "", 0);
  }

  /** {@link #fromTree(Map)}, with the source that the job came from. */
  public static JobManifest fromTree(Map<String, ?> tree, String path, int line) {
    return JobReader.fromTree(tree, path, line);
  }
}
