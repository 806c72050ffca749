package io.crontopus.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of a tenant.
 *
 * @param email null for a service
 * @param passwordHash null for a service, which has no password and cannot log in
 * @param emailVerified whether the user has shown that they read what is sent to the address
 */
public record User(
    String id,
    String tenantId,
    Kind kind,
    String username,
    @Nullable String email,
    @Nullable String passwordHash,
    Role role,
    Instant createdAt,
    boolean emailVerified) {

  /** A user whose address nobody has verified. */
  public User(
      String id,
      String tenantId,
      Kind kind,
      String username,
      @Nullable String email,
      @Nullable String passwordHash,
      Role role,
      Instant createdAt) {
    this(id, tenantId, kind, username, email, passwordHash, role, createdAt, false);
  }

  /** Who a user is. */
  public enum Kind {
    /** Somebody who logs in. */
    PERSON("person"),
    /** A program, which has API tokens and nothing else. */
    SERVICE("service");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name in the API. */
    public String wireName() {
      return wireName;
    }
  }

  /** Who it is, as events and logs name it. */
  public String actor() {
    return "user:" + id;
  }
}
