package io.crontopus.agent.crontab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a block is in a crontab's bytes.
 *
 * @param start of the begin marker; -1 when there is no block
 * @param contentStart of the first line between the markers
 * @param contentEnd after the last line between the markers
 * @param end after the end marker and its line break
 * @param beginLine the begin marker
 */
record BlockPosition(int start, int contentStart, int contentEnd, int end, String beginLine) {

  private record Line(int number, int start, int end, String text) {}

  boolean isAbsent() {
    return start < 0;
  }

  int contentLength() {
    return contentEnd - contentStart;
  }

  static BlockPosition find(byte[] crontab, BlockMarkers markers) {
    List<Line> lines = lines(crontab);
    List<Line> begins = lines.stream().filter(line -> markers.isBegin(line.text())).toList();
    List<Line> ends = lines.stream().filter(line -> markers.isEnd(line.text())).toList();
    if (begins.isEmpty() && ends.isEmpty()) {
      return new BlockPosition(-1, -1, -1, -1, "");
    }
    if (begins.size() != 1 || ends.size() != 1) {
      throw damaged(begins, ends, markers);
    }
    Line begin = begins.getFirst();
    Line end = ends.getFirst();
    boolean nested =
        lines.stream()
            .filter(line -> line.number() > begin.number() && line.number() < end.number())
            .anyMatch(line -> BlockMarkers.isAnyMarker(line.text()));
    if (end.number() < begin.number() || nested) {
      throw damaged(begins, ends, markers);
    }
    return new BlockPosition(begin.start(), begin.end(), end.start(), end.end(), begin.text());
  }

  private static DamagedBlockException damaged(
      List<Line> begins, List<Line> ends, BlockMarkers markers) {
    return new DamagedBlockException(
        "the markers of the managed block are damaged: \"# BEGIN crontopus %1$s\" in %2$s, \"# END crontopus %1$s\" in %3$s, where one of each is expected, in this order; put them right with crontab -e, or delete the block with both of them"
            .formatted(markers.key(), numbers(begins), numbers(ends)));
  }

  private static String numbers(List<Line> lines) {
    return lines.isEmpty()
        ? "no line"
        : "line " + String.join(", ", lines.stream().map(l -> "" + l.number()).toList());
  }

  private static List<Line> lines(byte[] bytes) {
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length ? start < i : bytes[i] == '\n') {
        int end = Math.min(i + 1, bytes.length);
        lines.add(
            new Line(lines.size() + 1, start, end, new String(bytes, start, i - start, UTF_8)));
        start = end;
      }
    }
    return lines;
  }
}
