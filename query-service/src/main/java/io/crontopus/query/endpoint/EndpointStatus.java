package io.crontopus.query.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an endpoint is, told from the age of its last sign of life. */
public enum EndpointStatus {
  /** Enrolled, and never heard of since. */
  NEW,
  ONLINE,
  /** Missed a few heartbeats; may be a restart. */
  SILENT,
  OFFLINE,
  /** Its credential was taken away. */
  REVOKED;

  /** An endpoint whose last sign of life is no older than this is online. */
  static final Duration ONLINE_FOR = Duration.ofSeconds(90);

  /** An endpoint whose last sign of life is older than this is offline. */
  static final Duration SILENT_FOR = Duration.ofMinutes(5);

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> names() {
    return Arrays.stream(values()).map(EndpointStatus::wireName).toList();
  }

  /** Whoever was seen since then is online. */
  static Instant onlineSince(Instant now) {
    return now.minus(ONLINE_FOR);
  }

  /** Whoever was seen since then is not offline. */
  static Instant silentSince(Instant now) {
    return now.minus(SILENT_FOR);
  }
}
