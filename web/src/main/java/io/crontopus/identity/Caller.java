package io.crontopus.identity;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, as its credential proves.
 *
 * @param kind the kind of credential
 * @param tenantId the tenant it belongs to; nothing of another one can be seen with it
 * @param subject the id of the user, API token, endpoint or enrollment token
 * @param scopes what it may do
 * @param roles the user's roles; empty for other kinds
 * @param userId the user behind it; null for endpoints
 * @param sessionId the login that it comes from; null for everything but a logged-in user
 */
public record Caller(
    Kind kind,
    String tenantId,
    String subject,
    Set<Scope> scopes,
    List<String> roles,
    @Nullable String userId,
    @Nullable String sessionId) {

  /** The kinds of credential. */
  public enum Kind {
    USER,
    API_TOKEN,
    ENDPOINT,
    ENROLLMENT_TOKEN,
    /** Who runs the platform: of no tenant, and with no right to see into one. */
    OPERATOR
  }

  public Caller {
    scopes = Set.copyOf(scopes);
    roles = List.copyOf(roles);
  }

  /** A caller with a credential that comes from no login. */
  public Caller(
      Kind kind,
      String tenantId,
      String subject,
      Set<Scope> scopes,
      List<String> roles,
      @Nullable String userId) {
    this(kind, tenantId, subject, scopes, roles, userId, null);
  }

  /** Whether the caller may do this. */
  public boolean may(Scope scope) {
    for (Scope held : scopes) {
      if (held.includes(scope)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the caller may do everything that this role may: only then it may give or take it. */
  public boolean covers(Role role) {
    return Scope.cover(scopes, role.scopes());
  }

  /**
   * Who did it, as events and logs name it: {@code user:<id>}, {@code token:<id>}, {@code
   * endpoint:<id>}.
   */
  public String actor() {
    return switch (kind) {
      case USER -> "user:" + subject;
      case API_TOKEN -> "token:" + subject;
      case ENDPOINT -> "endpoint:" + subject;
      case ENROLLMENT_TOKEN -> "enrollment-token:" + subject;
      case OPERATOR -> "operator:" + subject;
    };
  }
}
