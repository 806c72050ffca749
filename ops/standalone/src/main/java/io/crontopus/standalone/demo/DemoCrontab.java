package io.crontopus.standalone.demo;

import io.crontopus.agent.config.CrontabConfig;
import io.crontopus.agent.crontab.BlockMarkers;
import io.crontopus.agent.crontab.Crontab;
import io.crontopus.agent.crontab.CrontabDocument;
import io.crontopus.agent.crontab.DamagedBlockException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The block that a demo's agent has in this user's crontab. Everything around it stays as it is.
 */
final class DemoCrontab {

  private static final Crontab CRONTAB = new Crontab(CrontabConfig.DEFAULT);
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?m)^# BEGIN crontopus (?<agent>\\S*/" + DemoFolder.PREFIX + "[^/\\s]+/agent)\\b");

  private DemoCrontab() {}

  /** Takes the block of the agent with this data folder out, if there is one. */
  static void removeBlock(Path agent) {
    try {
      byte[] table = CRONTAB.read();
      CrontabDocument document = CrontabDocument.parse(table, new BlockMarkers(agent.toString()));
      if (document.block().isPresent()) {
        CRONTAB.write(document.foreign());
      }
    } catch (IOException | DamagedBlockException e) {
      System.err.println(
          "could not take the demo's lines out of your crontab ("
              + e.getMessage()
              + "): edit it with crontab -e");
    }
  }

  /** Takes out the blocks of demos that do not run any more, also where their folder has gone. */
  static void removeBlocksOf(Predicate<Path> gone) {
    if (!CRONTAB.isUsable()) {
      return;
    }
    blocks().stream()
        .filter(agent -> gone.test(agent.resolveSibling("").normalize()))
        .forEach(DemoCrontab::removeBlock);
  }

  private static List<Path> blocks() {
    try {
      String table = new String(CRONTAB.read(), StandardCharsets.ISO_8859_1);
      return BLOCK.matcher(table).results().map(DemoCrontab::agent).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Path agent(MatchResult block) {
    return Path.of(block.group("agent"));
  }
}
