package io.crontopus.agent.inventory;

/** How a job stands on this endpoint. */
public enum InstanceState {
  IN_SYNC,
  PAUSED,
  /** Its lines in the scheduler are not those that the agent wrote. */
  DRIFTED,
  /** Its manifest cannot be carried out. */
  ERROR
}
