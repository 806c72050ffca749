package io.crontopus.git;

/** Identity of a commit that was seen at the head of a tenant's main branch. */
public record CommitId(String tenantId, String value) {

  /** The identifier of the commit's event stream. */
  @Override
  public String toString() {
    return "commit:" + tenantId + ":" + value;
  }
}
