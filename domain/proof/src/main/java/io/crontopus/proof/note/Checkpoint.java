package io.crontopus.proof.note;

import io.crontopus.proof.tree.Hash;
import java.util.List;

/**
 * What a log says of itself (C2SP {@code tlog-checkpoint}): three lines, which are signed.
 *
 * @param origin which log it is; the name of its keys, too
 * @param size how many leaves it has
 * @param root the root of their tree
 */
public record Checkpoint(String origin, long size, Hash root) {

  private static final int LINES = 3;

  public Checkpoint {
    KeyName.check(origin);
    if (size < 0) {
      throw new IllegalArgumentException("no tree has " + size + " leaves");
    }
  }

  /**
   * Reads the text of a note. Lines after the third are extensions, and left alone.
   *
   * @throws IllegalArgumentException when it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < LINES || !lines.get(1).matches("0|[1-9][0-9]{0,18}")) {
      throw new IllegalArgumentException("not a checkpoint");
    }
    return new Checkpoint(lines.get(0), Long.parseLong(lines.get(1)), Hash.ofBase64(lines.get(2)));
  }

  /** The text that is signed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** Signs it with each of these keys, under the log's own name. */
  public SignedNote sign(List<SigningKey> keys) {
    return SignedNote.sign(text(), keys.stream().map(key -> key.named(origin)).toList());
  }
}
