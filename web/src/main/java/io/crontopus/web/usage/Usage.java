package io.crontopus.web.usage;

/**
 * How much a tenant has used.
 *
 * @param apiCalls requests with a credential of it, whatever was answered
 * @param checkIns check-ins that were taken
 * @param heartbeats signs of life that were stored
 */
public record Usage(long apiCalls, long checkIns, long heartbeats) {

  /** Both together. */
  public Usage plus(Usage more) {
    return new Usage(
        apiCalls + more.apiCalls, checkIns + more.checkIns, heartbeats + more.heartbeats);
  }

  /** What is left without this. */
  public Usage minus(Usage less) {
    return new Usage(
        apiCalls - less.apiCalls, checkIns - less.checkIns, heartbeats - less.heartbeats);
  }

  /** Whether there is nothing to tell. */
  public boolean isNothing() {
    return apiCalls == 0 && checkIns == 0 && heartbeats == 0;
  }
}
