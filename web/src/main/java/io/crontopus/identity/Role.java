package io.crontopus.identity;

import static io.crontopus.identity.Scope.READ_AGENTS;
import static io.crontopus.identity.Scope.READ_AUDIT;
import static io.crontopus.identity.Scope.READ_JOBS;
import static io.crontopus.identity.Scope.READ_RUNS;
import static io.crontopus.identity.Scope.READ_TOKENS;
import static io.crontopus.identity.Scope.READ_USERS;
import static io.crontopus.identity.Scope.WRITE_AGENTS;
import static io.crontopus.identity.Scope.WRITE_JOBS;
import static io.crontopus.identity.Scope.WRITE_RUNS;
import static io.crontopus.identity.Scope.WRITE_TOKENS;
import static io.crontopus.identity.Scope.WRITE_USERS;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a user is in a tenant, and all that follows from it. Each user has one role; whoever gives,
 * changes or takes one needs a role (and a credential) that {@linkplain Scope#cover covers} it.
 */
public enum Role {
  /** Everything, and the only one who makes owners. A tenant always has one. */
  OWNER(EnumSet.allOf(Scope.class)),

  /** The people and the audit log, and everything that an operator may. */
  ADMIN(
      EnumSet.of(
          READ_RUNS,
          WRITE_RUNS,
          READ_JOBS,
          WRITE_JOBS,
          READ_AGENTS,
          WRITE_AGENTS,
          READ_TOKENS,
          WRITE_TOKENS,
          READ_USERS,
          WRITE_USERS,
          READ_AUDIT)),

  /** Jobs, machines and the credentials that they need. */
  OPERATOR(
      EnumSet.of(
          READ_RUNS,
          WRITE_RUNS,
          READ_JOBS,
          WRITE_JOBS,
          READ_AGENTS,
          WRITE_AGENTS,
          READ_TOKENS,
          WRITE_TOKENS,
          READ_USERS)),

  /** Looking at what should run and what did. */
  VIEWER(EnumSet.of(READ_RUNS, READ_JOBS, READ_AGENTS));

  @SuppressWarnings("ImmutableEnumChecker") // it cannot be modified
  private final Set<Scope> scopes;

  Role(Set<Scope> scopes) {
    this.scopes = Collections.unmodifiableSet(scopes);
  }

  /** What somebody in this role may do. */
  public Set<Scope> scopes() {
    return scopes;
  }

  /** Whether somebody in this role may give and take the other one. */
  public boolean mayGive(Role other) {
    return scopes.contains(WRITE_USERS) && Scope.cover(scopes, other.scopes);
  }

  /** The name in the API. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this name. */
  public static Optional<Role> named(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }

  /** All names, the one who may most first. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Role::wireName).toList();
  }
}
