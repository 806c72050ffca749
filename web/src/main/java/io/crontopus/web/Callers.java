package io.crontopus.web;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;

/** What a caller must be allowed to do, checked in one way everywhere. */
public final class Callers {

  private Callers() {}

  /**
   * Requires that the caller may do this.
   *
   * @throws Problem 403 when it may not
   */
  public static void require(Caller caller, Scope scope) {
    if (!caller.may(scope)) {
      throw Problem.forbidden("this needs the scope " + scope.wireName());
    }
  }

  /**
   * Requires that the caller runs the platform.
   *
   * @throws Problem 403 when it is anybody else
   */
  public static void requireOperator(Caller caller) {
    if (caller.kind() != Caller.Kind.OPERATOR) {
      throw Problem.forbidden(
          "this needs an operator's token: the file operator-token in the platform's data folder");
    }
  }

  /**
   * Requires that the caller is this endpoint, or may do this to every endpoint.
   *
   * @throws Problem 404 when it is another endpoint, 403 when it may not
   */
  public static void requireEndpoint(Caller caller, String endpointId, Scope otherwise) {
    if (caller.kind() == Caller.Kind.ENDPOINT) {
      if (!caller.subject().equals(endpointId)) {
        throw Problem.notFound("endpoint");
      }
      return;
    }
    require(caller, otherwise);
  }
}
