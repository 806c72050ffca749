package io.crontopus.query.endpoint;

import io.crontopus.query.page.PageRequest;
import io.crontopus.query.past.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of the list of endpoints. */
public record EndpointPage(List<EndpointView> endpoints, @Nullable String nextCursor) {

  static EndpointPage of(List<EndpointView> rows, PageRequest page) {
    if (rows.size() <= page.limit()) {
      return new EndpointPage(rows, null);
    }
    List<EndpointView> shown = rows.subList(0, page.limit());
    EndpointView last = shown.getLast();
    return new EndpointPage(shown, PageRequest.cursor(last.name(), last.endpointId()));
  }

  /** The same part of the list as it was then. */
  EndpointPage asOf(Moment moment) {
    return new EndpointPage(endpoints, moment.carriedBy(nextCursor));
  }
}
