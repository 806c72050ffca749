package io.crontopus.command.user;

import io.crontopus.identity.User;

/** Somebody who wants to know of new users. */
@FunctionalInterface
public interface Newcomers {

  /** A user has just been added, in the transaction that is under way. */
  void joined(User user);
}
