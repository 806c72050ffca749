package io.crontopus.query.git;

import static io.crontopus.query.database.Columns.list;
import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.optionalText;
import static io.crontopus.query.database.Columns.text;
import static io.crontopus.query.database.Columns.time;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.crontopus.personal.PersonalKey;
import io.crontopus.query.manifest.ManifestError;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A commit at the head of the main branch, as the API shows it.
 *
 * @param author as Git writes it: name and address; {@code (forgotten)} for a person who has been
 *     forgotten
 * @param pushedBy who pushed it, as {@code user:<id>} or {@code token:<id>}
 * @param position where it stands in the list
 */
public record CommitView(
    String commit,
    @Nullable String parent,
    String author,
    String message,
    Instant committedAt,
    String pushedBy,
    Instant observedAt,
    List<File> files,
    @JsonIgnore long position) {

  private static final String FORGOTTEN = "(forgotten)";

  /**
   * A file that it changed.
   *
   * @param change {@code added}, {@code modified} or {@code removed}
   * @param jobs ids of the jobs that the file defines
   * @param errors what is wrong in it: line, column, field, message
   */
  public record File(String path, String change, List<String> jobs, List<ManifestError> errors) {

    static File of(Stored stored) {
      return new File(stored.path(), stored.change(), stored.jobs(), stored.problems());
    }
  }

  /** A file as the projection keeps it. */
  record Stored(String path, String change, List<String> jobs, List<ManifestError> problems) {}

  static CommitView of(Readable row) {
    return new CommitView(
        text(row, "commit_id"),
        optionalText(row, "parent_id"),
        author(row),
        text(row, "message"),
        time(row, "committed_at"),
        text(row, "pushed_by"),
        time(row, "observed_at"),
        list(row, "files", Stored.class).stream().map(File::of).toList(),
        number(row, "position"));
  }

  private static String author(Readable row) {
    String name = text(row, "author_name");
    String email = text(row, "author_email");
    if (PersonalKey.idIn(email).isEmpty()) {
      return signature(name, email);
    }
    String id = optionalText(row, "key_id");
    byte[] secret = row.get("secret", byte[].class);
    if (id == null || secret == null) {
      return FORGOTTEN;
    }
    PersonalKey key = new PersonalKey(id, secret);
    return key.open(name)
        .flatMap(opened -> key.open(email).map(address -> signature(opened, address)))
        .orElse(FORGOTTEN);
  }

  private static String signature(String name, String email) {
    return name + " <" + email + ">";
  }
}
