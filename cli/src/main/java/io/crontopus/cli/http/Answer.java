package io.crontopus.cli.http;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What came back for a request. */
record Answer(int status, String contentType, @Nullable String retryAfter, String body) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isHtml() {
    return contentType.toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** The body as JSON; empty when it is something else. */
  Optional<JsonNode> json() {
    try {
      return Optional.of(Json.parse(body));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
