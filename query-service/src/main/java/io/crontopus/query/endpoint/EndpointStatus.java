package io.crontopus.query.endpoint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an endpoint is, by the events that were derived from its heartbeats. */
public enum EndpointStatus {
  /** Enrolled, and never heard of since. */
  NEW,
  ONLINE,
  /** Missed a few heartbeats; may be a restart. */
  SILENT,
  OFFLINE,
  /** Was online when nothing was heard any more of any endpoint of the tenant. */
  UNKNOWN,
  /** Its credential was taken away. */
  REVOKED;

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(EndpointStatus::wireName).toList();
  }
}
