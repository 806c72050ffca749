package io.crontopus.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
  READ_USERS("read:users"),
  WRITE_USERS("write:users"),
  READ_AUDIT("read:audit"),
  ADMIN("admin:*");

  private static final Map<String, Scope> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Scope::wireName, scope -> scope));

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
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Scope::wireName).toList();
  }

  /** Whether whoever holds these may do all that the others allow. */
  public static boolean cover(Collection<Scope> held, Collection<Scope> others) {
    return others.stream()
        .allMatch(other -> held.stream().anyMatch(scope -> scope.includes(other)));
  }

  /** What both allow. */
  public static Set<Scope> allowedByBoth(Collection<Scope> some, Collection<Scope> others) {
    Set<Scope> both = EnumSet.noneOf(Scope.class);
    for (Scope scope : values()) {
      if (cover(some, Set.of(scope)) && cover(others, Set.of(scope))) {
        both.add(scope);
      }
    }
    return both;
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
