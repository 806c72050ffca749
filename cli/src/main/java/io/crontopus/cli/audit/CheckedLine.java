package io.crontopus.cli.audit;

import io.crontopus.cli.http.Json;
import io.crontopus.proof.leaf.AuditLeaf;
import io.crontopus.proof.tree.Hash;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A line of an export, compared with itself: what it says with its leaf, and its leaf with its
 * hash. That is most of the work of verifying, and needs no other line, so that many can be checked
 * at once.
 *
 * @param event what the line holds; null for a line of another kind
 * @param deviation how its parts differ, where they do
 * @param other the leaf that has another hash than the line's: which event it is, only the others
 *     show
 */
record CheckedLine(
    @Nullable EventLine event, @Nullable Deviation deviation, @Nullable AuditLeaf other) {

  private static final CheckedLine NO_EVENT = new CheckedLine(null, null, null);

  /** A line as it stands in the file. */
  record Raw(int number, String text) {}

  /**
   * Checks a line.
   *
   * @throws IllegalArgumentException when it is none of an export
   */
  static CheckedLine of(Raw line) {
    if (line.text().isBlank()) {
      return NO_EVENT;
    }
    JsonNode json;
    try {
      json = Json.parse(line.text());
    } catch (JacksonException e) {
      throw damaged(line, "is no JSON");
    }
    if (json.has("kind")) {
      return NO_EVENT;
    }
    EventLine event;
    try {
      event = EventLine.of(json);
    } catch (IllegalArgumentException e) {
      throw damaged(line, "is no event: " + e.getMessage());
    }
    return checked(event);
  }

  private static CheckedLine checked(EventLine event) {
    byte[] bytes = event.leaf();
    if (bytes == null) {
      return deviating(event, "removed", "the audit log has it, the event log has it no more");
    }
    AuditLeaf leaf;
    try {
      leaf = AuditLeaf.decode(bytes);
    } catch (IllegalArgumentException e) {
      return deviating(event, "altered", String.valueOf(e.getMessage()));
    }
    if (!Hash.ofLeaf(bytes).equals(event.leafHash())) {
      return new CheckedLine(event, null, leaf);
    }
    Optional<String> difference = LeafCheck.difference(event, leaf);
    return difference.isPresent()
        ? deviating(event, "altered", "the line's " + difference.get() + " is not what was hashed")
        : new CheckedLine(event, null, null);
  }

  private static CheckedLine deviating(EventLine event, String what, String detail) {
    return new CheckedLine(event, Deviation.of(event, what, detail), null);
  }

  private static IllegalArgumentException damaged(Raw line, String how) {
    return new IllegalArgumentException(
        "line " + line.number() + " " + how + ": " + ExportTail.start(line.text()));
  }
}
