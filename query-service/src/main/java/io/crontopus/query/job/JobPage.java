package io.crontopus.query.job;

import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of jobs. */
public record JobPage(List<JobView> jobs, @Nullable String nextCursor) {

  static JobPage of(List<JobView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new JobPage(rows, null);
    }
    List<JobView> shown = rows.subList(0, page.limit());
    JobView last = shown.getLast();
    return new JobPage(shown, PageRequest.cursor(last.namespace(), last.name(), last.jobId()));
  }

  /** The same part of the list as it was then. */
  JobPage asOf(Moment moment) {
    return new JobPage(jobs, moment.carriedBy(nextCursor));
  }
}
