package io.crontopus.agent.crontab;

import io.crontopus.agent.data.DataDir;
import java.util.List;

/**
 * The comment lines around one agent's block. They name the data folder, so that two agents of one
 * user keep to their own blocks.
 *
 * @param key what is told apart by; one line
 */
public record BlockMarkers(String key) {

  private static final String BEGIN = "# BEGIN crontopus ";
  private static final String END = "# END crontopus ";
  private static final String NEWLINE_ADDED = " (a line break was added above)";

  /** The markers of the agent with this data folder. */
  public static BlockMarkers of(DataDir data) {
    return new BlockMarkers(data.root().toString());
  }

  boolean isBegin(String line) {
    String text = line.strip();
    return text.equals(BEGIN + key) || text.equals(BEGIN + key + NEWLINE_ADDED);
  }

  boolean isEnd(String line) {
    return line.strip().equals(END + key);
  }

  /** Whether it begins or ends the block of any agent. */
  static boolean isAnyMarker(String line) {
    String text = line.strip();
    return text.startsWith(BEGIN) || text.startsWith(END);
  }

  boolean saysNewlineAdded(String beginLine) {
    return beginLine.strip().endsWith(key + NEWLINE_ADDED);
  }

  String render(List<String> lines, boolean newlineAdded) {
    StringBuilder text = new StringBuilder();
    text.append(BEGIN).append(key).append(newlineAdded ? NEWLINE_ADDED : "").append('\n');
    lines.forEach(line -> text.append(line).append('\n'));
    return text.append(END).append(key).append('\n').toString();
  }
}
