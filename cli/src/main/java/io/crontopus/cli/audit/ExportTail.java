package io.crontopus.cli.audit;

import io.crontopus.cli.http.Json;
import io.crontopus.proof.note.Checkpoint;
import io.crontopus.proof.note.SignedNote;
import io.crontopus.proof.tree.Hash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What stands behind the events of an export: what of the tree is around them, and the checkpoints,
 * which are read one by one.
 */
final class ExportTail implements AutoCloseable {

  private static final String EVENT = "{\"seq\"";

  /** A checkpoint with its signatures. */
  record Signed(SignedNote note, Checkpoint checkpoint) {

    static Signed of(String note) {
      SignedNote signed = SignedNote.parse(note);
      return new Signed(signed, Checkpoint.parse(signed.text()));
    }
  }

  /** What of the tree is around the events. */
  record Sides(long fromSeq, long toSeq, List<Hash> before, Hash chain, List<Hash> after) {

    static Sides none() {
      return new Sides(0, -1, List.of(), Hash.EMPTY_TREE, List.of());
    }
  }

  private final BufferedReader lines;
  private Sides sides = Sides.none();
  private @Nullable Signed next;

  private ExportTail(BufferedReader lines) {
    this.lines = lines;
  }

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException when it is damaged
   */
  static ExportTail open(Path file) throws IOException {
    ExportTail tail = new ExportTail(Files.newBufferedReader(file));
    try {
      tail.advance();
      return tail;
    } catch (IOException | RuntimeException e) {
      tail.close();
      throw e;
    }
  }

  Sides sides() {
    return sides;
  }

  /** The next checkpoint; they come by size. */
  Optional<Signed> peek() {
    return Optional.ofNullable(next);
  }

  /** Goes on to the checkpoint behind it. */
  void advance() throws IOException {
    next = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith(EVENT)) {
        take(json(line));
        if (next != null) {
          return;
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void take(JsonNode line) {
    switch (line.path("kind").asString("")) {
      case "range" ->
          sides =
              new Sides(
                  line.path("from_seq").longValue(),
                  line.path("to_seq").longValue(),
                  hashes(line.path("before")),
                  Hash.ofBase64(line.path("chain_before").asString("")),
                  hashes(line.path("after")));
      case "checkpoint" -> next = Signed.of(line.path("note").asString(""));
      default -> {
        // an event that is written differently, or a line of a later version
      }
    }
  }

  private static List<Hash> hashes(JsonNode array) {
    List<Hash> hashes = new ArrayList<>();
    array.values().forEach(hash -> hashes.add(Hash.ofBase64(hash.asString(""))));
    return hashes;
  }

  private static JsonNode json(String line) {
    try {
      return Json.parse(line);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("a line is no JSON: " + start(line));
    }
  }

  static String start(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
