package io.crontopus.job;

/**
 * Identity of a job within its tenant; survives renames where the manifest carries it.
 *
 * @param value a UUID in its textual form
 */
public record JobId(String tenantId, String value) {

  /** The identifier of the job's event stream. */
  @Override
  public String toString() {
    return "job:" + tenantId + ":" + value;
  }
}
