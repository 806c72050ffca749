package io.crontopus.command.git;

/**
 * Who speaks Git to us.
 *
 * @param tenantId the one tenant whose repository is open to this credential
 * @param actor who is recorded as having pushed, for example a user name or a token's name
 * @param canRead may clone and fetch
 * @param canWrite may push
 * @param suspended whether nothing of the tenant is served at the moment
 */
public record GitPrincipal(
    String tenantId, String actor, boolean canRead, boolean canWrite, boolean suspended) {

  /** Of a tenant that is served. */
  public GitPrincipal(String tenantId, String actor, boolean canRead, boolean canWrite) {
    this(tenantId, actor, canRead, canWrite, false);
  }
}
