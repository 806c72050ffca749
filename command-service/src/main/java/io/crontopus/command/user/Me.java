package io.crontopus.command.user;

import io.crontopus.identity.Role;
import io.crontopus.identity.Scope;
import io.crontopus.identity.User;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user, as shown to themselves.
 *
 * @param email null for a service
 * @param emailVerified whether the user has shown that they read what is sent to the address
 * @param scopes what the credential may do: all that the role allows, or less for a token
 */
public record Me(
    String id,
    String username,
    @Nullable String email,
    boolean emailVerified,
    String tenantId,
    List<String> roles,
    List<String> scopes) {

  /** The user with all that the role allows. */
  public static Me of(User user) {
    return of(user, user.role().scopes());
  }

  static Me of(User user, Collection<Scope> scopes) {
    Role role = user.role();
    return new Me(
        user.id(),
        user.username(),
        user.email(),
        user.emailVerified(),
        user.tenantId(),
        List.of(role.wireName()),
        scopes.stream().sorted().map(Scope::wireName).toList());
  }
}
