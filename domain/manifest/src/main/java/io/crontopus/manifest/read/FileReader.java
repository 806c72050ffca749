package io.crontopus.manifest.read;

import io.crontopus.manifest.FieldPlace;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestProblem;
import io.crontopus.manifest.ParsedManifest;
import io.crontopus.manifest.yaml.YamlChunk;
import io.crontopus.manifest.yaml.YamlDocuments;
import io.crontopus.manifest.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a file, document by document. */
public final class FileReader {

  private static final int MOST_BYTES = 16 << 20;

  private static final int MOST_PROBLEMS = 1_000;

  /** NUL and halves of surrogate pairs, which escapes can make and no database can hold. */
  private static final Pattern NOT_STORABLE = Pattern.compile("[\\x00\\p{Cs}]");

  private final Origin file;
  private final List<JobManifest> jobs = new ArrayList<>();
  private final List<FieldPlace> places = new ArrayList<>();
  private final List<ManifestProblem> problems = new ArrayList<>();

  private FileReader(Origin file) {
    this.file = file;
  }

  /** What the file holds; see {@link io.crontopus.manifest.ManifestParser}. */
  public static ParsedManifest read(String path, byte[] content, Optional<String> tenant) {
    String relative = path.startsWith("./") ? path.substring(2) : path;
    int slash = relative.indexOf('/');
    Optional<String> namespace =
        slash <= 0 ? Optional.empty() : Optional.of(relative.substring(0, slash));
    FileReader reader = new FileReader(new Origin(path, namespace, tenant, 1));
    List<YamlChunk> chunks = reader.chunks(content);
    if (!chunks.isEmpty()) {
      reader.checkNamespace();
    }
    chunks.forEach(reader::chunk);
    return new ParsedManifest(path, reader.jobs, reader.places, reader.problems);
  }

  private List<YamlChunk> chunks(byte[] content) {
    if (content.length > MOST_BYTES) {
      problem("the file is larger than 16 MiB; split it");
      return List.of();
    }
    return YamlChunk.split(content);
  }

  private void checkNamespace() {
    if (file.namespace().isEmpty()) {
      problem("the file must be in a directory, which is its namespace: default/" + file.path());
      return;
    }
    TextRule.NAME
        .problemWith(file.namespace().get())
        .ifPresent(problem -> problem("the first directory " + problem));
  }

  private void problem(String message) {
    problem(new ManifestProblem(file.path(), 1, 1, "", message));
  }

  /** A file that is all wrong is cut short; what is quoted of it can be shown and stored. */
  private void problem(ManifestProblem problem) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(
          new ManifestProblem(
              problem.path(),
              problem.line(),
              problem.column(),
              storable(problem.field()),
              storable(problem.message())));
    }
  }

  private static String storable(String text) {
    return NOT_STORABLE.matcher(text).replaceAll("\uFFFD");
  }

  private void chunk(YamlChunk chunk) {
    YamlDocuments documents = YamlDocuments.read(chunk);
    documents.roots().forEach(this::document);
    documents
        .error()
        .ifPresent(
            error ->
                problem(
                    new ManifestProblem(
                        file.path(), error.at().line(), error.at().column(), "", error.problem())));
  }

  private void document(YamlNode root) {
    Problems found = new Problems(file.path());
    Optional<JobManifest> job = JobReader.read(root, file.atLine(root.at().line()), found);
    places.addAll(found.places(root.at().line()));
    found.inOrder().forEach(this::problem);
    boolean usable =
        file.namespace().filter(n -> TextRule.NAME.problemWith(n).isEmpty()).isPresent();
    job.filter(valid -> usable).ifPresent(jobs::add);
  }
}
