package io.crontopus.identity;

import java.util.List;

/** Somebody who logs in. */
public record User(
    String id,
    String tenantId,
    String username,
    String email,
    String passwordHash,
    List<String> roles) {

  public User {
    roles = List.copyOf(roles);
  }
}
