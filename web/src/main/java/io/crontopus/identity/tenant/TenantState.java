package io.crontopus.identity.tenant;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What operators have made of a tenant. */
public enum TenantState {
  ACTIVE("active"),
  /** Nothing works, and everything is kept. */
  SUSPENDED("suspended"),
  /** Suspended, and to be purged at a time that was named. */
  DELETING("deleting"),
  /** Its data is being removed; there is no way back. */
  PURGING("purging"),
  /** Nothing is left but its name. */
  PURGED("purged");

  private final String wireName;

  TenantState(String wireName) {
    this.wireName = wireName;
  }

  /** The name in the API and in the database. */
  public String wireName() {
    return wireName;
  }

  /** The state of this name. */
  public static Optional<TenantState> named(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName.equals(name)).findFirst();
  }

  /** All names, in order. */
  public static List<String> names() {
    return Arrays.stream(values()).map(TenantState::wireName).toList();
  }
}
