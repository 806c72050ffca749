package io.crontopus.manifest.read;

import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.JobSpec;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.yaml.PlainTree;
import io.crontopus.manifest.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a document. */
public final class JobReader {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private record Metadata(
      Optional<String> namespace,
      Optional<String> name,
      Optional<UUID> id,
      Optional<String> tenant,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  private final Origin origin;

  private JobReader(Origin origin) {
    this.origin = origin;
  }

  /** Reads a document of a file; a job only when nothing is wrong with it. */
  static Optional<JobManifest> read(YamlNode document, Origin origin, Problems problems) {
    return new Value(document, "", problems)
        .fields()
        .flatMap(new JobReader(origin)::job)
        .filter(job -> problems.isEmpty());
  }

  /**
   * The job of a plain tree.
   *
   * @throws IllegalArgumentException when it is no valid manifest
   */
  public static JobManifest fromTree(Map<String, ?> tree, String path, int line) {
    Problems problems = new Problems(path);
    Origin origin = new Origin(path, Optional.empty(), Optional.empty(), line);
    return read(PlainTree.of(tree), origin, problems)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    problems.inOrder().stream()
                        .map(JobReader::withoutPosition)
                        .collect(Collectors.joining("; ", "no valid manifest: ", ""))));
  }

  private static String withoutPosition(ManifestProblem problem) {
    return problem.field() + ": " + problem.message();
  }

  private Optional<JobManifest> job(Fields root) {
    requireWord(root, "apiVersion", JobManifest.API_VERSION);
    requireWord(root, "kind", JobManifest.KIND);
    Optional<Metadata> metadata =
        root.require("metadata", "{name: daily-backup}").flatMap(Value::fields).map(this::metadata);
    Optional<String> namespace = origin.namespace().or(() -> metadata.flatMap(Metadata::namespace));
    Optional<JobSpec> spec =
        root.require("spec", "{schedule: \"0 2 * * *\", command: …}")
            .flatMap(Value::fields)
            .flatMap(fields -> SpecReader.read(fields, namespace.orElse("")));
    root.end();
    if (namespace.isEmpty()
        || metadata.isEmpty()
        || metadata.get().name().isEmpty()
        || spec.isEmpty()) {
      return Optional.empty();
    }
    Metadata m = metadata.get();
    return Optional.of(
        new JobManifest(
            namespace.get(),
            m.name().get(),
            m.id(),
            m.tenant(),
            m.labels(),
            m.annotations(),
            spec.get(),
            origin.path(),
            origin.line()));
  }

  private static void requireWord(Fields root, String name, String word) {
    root.require(name, word).ifPresent(value -> value.word(List.of(word)));
  }

  private Metadata metadata(Fields fields) {
    Optional<String> name =
        fields
            .require("name", "daily-backup")
            .flatMap(value -> value.remembered().text(TextRule.NAME));
    Optional<String> namespace = fields.take("namespace", this::namespace);
    Optional<UUID> id = fields.take("id", JobReader::id);
    Optional<String> tenant = fields.take("tenant", this::tenant);
    Map<String, String> labels = texts(fields, "labels", TextRule.LABEL_VALUE);
    Map<String, String> annotations = texts(fields, "annotations", TextRule.ANNOTATION_VALUE);
    fields.end();
    if (origin.namespace().isEmpty() && namespace.isEmpty() && origin.path().isEmpty()) {
      fields.problem("namespace is missing");
    }
    return new Metadata(namespace, name, id, tenant, labels, annotations);
  }

  private static Map<String, String> texts(Fields metadata, String name, TextRule rule) {
    return metadata
        .mapping(name)
        .map(fields -> fields.takeRest(TextRule.LABEL_KEY, value -> value.text(rule)))
        .orElse(Map.of());
  }

  private Optional<String> namespace(Value value) {
    Optional<String> namespace = value.text(TextRule.NAME);
    return namespace.filter(
        written -> mustEqual(value, written, origin.namespace(), "the file's first directory"));
  }

  private Optional<String> tenant(Value value) {
    return value
        .text(TextRule.LABEL_VALUE.and(TextRule.NOT_BLANK))
        .filter(written -> mustEqual(value, written, origin.tenant(), "the repository's tenant"));
  }

  private static boolean mustEqual(
      Value value, String written, Optional<String> expected, String what) {
    boolean same = expected.isEmpty() || expected.get().equals(written);
    if (!same) {
      value.problem(
          "must be \"%s\", %s, not \"%s\"; or remove the field"
              .formatted(expected.get(), what, written));
    }
    return same;
  }

  private static Optional<UUID> id(Value value) {
    Optional<String> text = value.remembered().text();
    if (text.isPresent() && !UUID_TEXT.matcher(text.get()).matches()) {
      value.problem(
          "must be a UUID, as 550e8400-e29b-41d4-a716-446655440000, not "
              + value.node().describe());
      return Optional.empty();
    }
    return text.map(uuid -> UUID.fromString(uuid.toLowerCase(Locale.ROOT)));
  }
}
