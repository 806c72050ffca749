package io.crontopus.query.run;

import io.crontopus.query.page.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a list of runs. */
public record RunPage(List<RunView> runs, @Nullable String nextCursor) {

  static RunPage of(List<RunView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new RunPage(rows, null);
    }
    List<RunView> shown = rows.subList(0, page.limit());
    RunView last = shown.getLast();
    return new RunPage(shown, PageRequest.cursor(last.orderedAt().toString(), last.runId()));
  }
}
