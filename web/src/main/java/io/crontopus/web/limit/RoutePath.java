package io.crontopus.web.limit;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request's path as routes match it: decoded, and without what stands behind semicolons. Compared
 * as it is written, a path could be spelled so that it leads to a route but not to its limit.
 */
final class RoutePath {

  private RoutePath() {}

  static String of(ServerHttpRequest request) {
    String raw = request.getURI().getRawPath();
    if (raw.indexOf('%') < 0 && raw.indexOf(';') < 0) {
      return raw;
    }
    StringBuilder path = new StringBuilder();
    for (PathContainer.Element element : request.getPath().pathWithinApplication().elements()) {
      path.append(
          element instanceof PathContainer.PathSegment segment
              ? segment.valueToMatch()
              : element.value());
    }
    return path.toString();
  }
}
