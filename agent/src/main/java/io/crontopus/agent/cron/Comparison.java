package io.crontopus.agent.cron;

import io.crontopus.agent.config.DriftPolicy;
import io.crontopus.agent.crontab.CrontabDocument;
import io.crontopus.agent.inventory.ScheduledJob;
import io.crontopus.agent.reconcile.TableChange;
import io.crontopus.agent.reconcile.UnifiedDiff;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A crontab as it is, beside the one that is wanted.
 *
 * @param canonical the lines that the block should have
 * @param after the whole crontab as it should be
 * @param change what differs, and what of it is somebody else's doing
 */
record Comparison(List<String> canonical, CrontabDocument after, TableChange change) {

  static Comparison of(
      byte[] now,
      CrontabDocument document,
      List<ScheduledJob> wanted,
      BlockLines lines,
      WrittenBlock written,
      DriftPolicy policy)
      throws IOException {
    List<String> actual = document.block().orElse(List.of());
    List<String> canonical = lines.of(wanted);
    List<String> before = written.lines().orElse(List.of());
    boolean own = written.lines().isEmpty() || written.isOwn(actual) || actual.equals(canonical);
    Set<String> drifted = own ? Set.of() : drifted(lines.byJob(before), lines.byJob(actual));
    List<String> notes = own ? List.of() : notes(lines, actual, drifted);
    List<String> target =
        own || policy == DriftPolicy.RESTORE
            ? canonical
            : edited(wanted, lines, before, actual, drifted);
    CrontabDocument after = document.withBlock(target);
    String diff = UnifiedDiff.of("crontab", now, after.bytes());
    return new Comparison(canonical, after, new TableChange(drifted, notes, diff));
  }

  private static Set<String> drifted(
      Map<String, List<String>> before, Map<String, List<String>> actual) {
    Set<String> drifted = new HashSet<>();
    before.forEach(
        (id, was) -> {
          if (!was.equals(actual.getOrDefault(id, List.of()))) {
            drifted.add(id);
          }
        });
    actual.keySet().stream().filter(id -> !before.containsKey(id)).forEach(drifted::add);
    return drifted;
  }

  private static List<String> notes(BlockLines lines, List<String> actual, Set<String> drifted) {
    List<String> strange = lines.strange(actual);
    if (!strange.isEmpty()) {
      return List.of("somebody added to the managed block: " + String.join(" | ", strange));
    }
    return drifted.isEmpty()
        ? List.of("somebody edited the comments of the managed block")
        : List.of();
  }

  /** The wanted lines, but where somebody edited a job's lines and its manifest did not change. */
  private static List<String> edited(
      List<ScheduledJob> wanted,
      BlockLines lines,
      List<String> before,
      List<String> actual,
      Set<String> drifted) {
    Map<String, List<String>> was = lines.byJob(before);
    Map<String, List<String>> is = lines.byJob(actual);
    List<String> edited = new ArrayList<>();
    for (ScheduledJob job : wanted) {
      List<String> own = lines.of(job);
      boolean unchanged =
          lines.byJob(own).equals(Map.of(job.id(), was.getOrDefault(job.id(), List.of())));
      if (drifted.contains(job.id()) && unchanged) {
        edited.add("# " + job.qualifiedName() + " (edited by hand)");
        edited.addAll(is.getOrDefault(job.id(), List.of()));
      } else {
        edited.addAll(own);
      }
    }
    edited.addAll(lines.strange(actual));
    return edited;
  }
}
