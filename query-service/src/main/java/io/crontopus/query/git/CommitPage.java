package io.crontopus.query.git;

import io.crontopus.query.page.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of commits. */
public record CommitPage(List<CommitView> commits, @Nullable String nextCursor) {

  static CommitPage of(List<CommitView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new CommitPage(rows, null);
    }
    List<CommitView> shown = rows.subList(0, page.limit());
    return new CommitPage(shown, PageRequest.cursor(Long.toString(shown.getLast().position())));
  }
}
