package io.crontopus.agent.crontab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A crontab in three parts: what stands before the managed block, the block, what stands after it.
 * The parts around the block are bytes, in whatever encoding, and are never changed.
 */
public final class CrontabDocument {

  private final BlockMarkers markers;
  private final byte[] before;
  private final Optional<List<String>> block;
  private final boolean newlineAdded;
  private final byte[] after;

  private CrontabDocument(
      BlockMarkers markers,
      byte[] before,
      Optional<List<String>> block,
      boolean newlineAdded,
      byte[] after) {
    this.markers = markers;
    this.before = before;
    this.block = block;
    this.newlineAdded = newlineAdded;
    this.after = after;
  }

  /**
   * Finds the block in a crontab.
   *
   * @throws DamagedBlockException when the markers are not exactly one begin before one end
   */
  public static CrontabDocument parse(byte[] crontab, BlockMarkers markers) {
    BlockPosition position = BlockPosition.find(crontab, markers);
    if (position.isAbsent()) {
      return new CrontabDocument(markers, crontab.clone(), Optional.empty(), false, new byte[0]);
    }
    String content = new String(crontab, position.contentStart(), position.contentLength(), UTF_8);
    boolean newlineAdded = markers.saysNewlineAdded(position.beginLine());
    int foreignEnd = position.start();
    if (newlineAdded && foreignEnd > 0 && crontab[foreignEnd - 1] == '\n') {
      foreignEnd--;
    } else {
      newlineAdded = false;
    }
    return new CrontabDocument(
        markers,
        Arrays.copyOf(crontab, foreignEnd),
        Optional.of(content.lines().toList()),
        newlineAdded,
        Arrays.copyOfRange(crontab, position.end(), crontab.length));
  }

  /** The lines between the markers; empty when there is no block. */
  public Optional<List<String>> block() {
    return block;
  }

  /** The bytes that are not the agent's. */
  public byte[] foreign() {
    return withoutBlock().bytes();
  }

  /** The same crontab with these lines in the block; no lines, no block. */
  public CrontabDocument withBlock(List<String> lines) {
    if (lines.isEmpty()) {
      return withoutBlock();
    }
    boolean addNewline =
        newlineAdded || (block.isEmpty() && before.length > 0 && before[before.length - 1] != '\n');
    return new CrontabDocument(markers, before, Optional.of(List.copyOf(lines)), addNewline, after);
  }

  private CrontabDocument withoutBlock() {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(before);
    if (newlineAdded && after.length > 0) {
      // Somebody appended lines below the block: they must not become one with the line above it.
      joined.write('\n');
    }
    joined.writeBytes(after);
    return new CrontabDocument(markers, joined.toByteArray(), Optional.empty(), false, new byte[0]);
  }

  /** The whole crontab. */
  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(before);
    block.ifPresent(
        lines -> {
          if (newlineAdded) {
            bytes.write('\n');
          }
          bytes.writeBytes(markers.render(lines, newlineAdded).getBytes(UTF_8));
        });
    bytes.writeBytes(after);
    return bytes.toByteArray();
  }
}
