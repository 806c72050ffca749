package io.crontopus.query.endpoint;

import io.crontopus.query.instance.InstanceView;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of the jobs that an endpoint's scheduler has. */
public record EndpointJobsPage(List<InstanceView> jobs, @Nullable String nextCursor) {

  static final int CURSOR_KEYS = 3;

  static EndpointJobsPage of(List<InstanceView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new EndpointJobsPage(rows, null);
    }
    List<InstanceView> shown = rows.subList(0, page.limit());
    InstanceView last = shown.getLast();
    return new EndpointJobsPage(
        shown, PageRequest.cursor(last.namespace(), last.name(), last.jobId()));
  }

  /** The same part of the list as it was then. */
  EndpointJobsPage asOf(Moment moment) {
    return new EndpointJobsPage(jobs, moment.carriedBy(nextCursor));
  }
}
