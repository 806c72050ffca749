package io.crontopus.query.job;

import io.crontopus.query.instance.InstanceView;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of the endpoints that have a job in their scheduler. */
public record JobEndpointsPage(List<InstanceView> endpoints, @Nullable String nextCursor) {

  static final int CURSOR_KEYS = 1;

  static JobEndpointsPage of(List<InstanceView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new JobEndpointsPage(rows, null);
    }
    List<InstanceView> shown = rows.subList(0, page.limit());
    return new JobEndpointsPage(shown, PageRequest.cursor(shown.getLast().endpointId()));
  }

  /** The same part of the list as it was then. */
  JobEndpointsPage asOf(Moment moment) {
    return new JobEndpointsPage(endpoints, moment.carriedBy(nextCursor));
  }
}
