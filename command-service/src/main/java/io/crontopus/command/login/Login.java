package io.crontopus.command.login;

import io.crontopus.identity.Caller;
import io.crontopus.web.Problem;

/** A caller who has logged in: with a session, and a password that was asked for. */
public record Login(String userId, String sessionId) {

  /**
   * The login behind this credential.
   *
   * @throws Problem 403 when it comes from none
   */
  public static Login of(Caller caller) {
    String user = caller.userId();
    String session = caller.sessionId();
    if (user == null || session == null) {
      throw Problem.forbidden("this needs a login: other credentials have no session");
    }
    return new Login(user, session);
  }
}
