package io.crontopus.endpoint;

/** How an endpoint is, as far as its heartbeats tell. */
public enum EndpointState {
  /** Enrolled, and not heard of since. */
  NEW,
  ONLINE,
  /** Missed a few heartbeats; may be a restart. */
  SILENT,
  /** Silent for long. */
  OFFLINE
}
