package io.crontopus.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a credential may do. A write scope includes reading the same. */
public enum Scope {
  READ_RUNS("read:runs"),
  WRITE_RUNS("write:runs"),
  READ_JOBS("read:jobs"),
  WRITE_JOBS("write:jobs"),
  READ_AGENTS("read:agents"),
  WRITE_AGENTS("write:agents"),
  READ_TOKENS("read:tokens"),
  WRITE_TOKENS("write:tokens"),
  ADMIN("admin:*");

  private final String wireName;

  Scope(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the API. */
  public String wireName() {
    return wireName;
  }

  /** The scope of this name. */
  public static Optional<Scope> named(String name) {
    return Arrays.stream(values()).filter(scope -> scope.wireName.equals(name)).findFirst();
  }

  /** All names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scope::wireName).toList();
  }

  /** Everything that a tenant's owner may do. */
  public static Set<Scope> all() {
    return EnumSet.allOf(Scope.class);
  }

  /** Whether somebody who holds this scope may do what the other one asks for. */
  public boolean includes(Scope wanted) {
    if (this == wanted || this == ADMIN) {
      return true;
    }
    return wireName.startsWith("write:")
        && wanted.wireName.equals("read:" + wireName.substring("write:".length()));
  }
}
