package io.crontopus.command.sso.provider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What browsers bring back from providers. */
final class Answers {

  private Answers() {}

  /**
   * The code that the browser has brought.
   *
   * @param issuer whether the answer may be from this one (RFC 9207)
   * @param issuerIsTold whether the provider always says who it is
   * @throws SignInFailed when it has brought none, or one of somebody else
   */
  static AuthorizationCode code(
      Challenge challenge,
      Map<String, List<String>> answer,
      Predicate<String> issuer,
      boolean issuerIsTold) {
    AuthorizationResponse response = parsed(challenge, answer);
    if (response.getState() == null || !response.getState().getValue().equals(challenge.state())) {
      throw new SignInFailed(Reason.STALE, "the state is another one");
    }
    @Nullable Issuer said = response.getIssuer();
    if (said == null ? issuerIsTold : !issuer.test(said.getValue())) {
      throw new SignInFailed(Reason.REFUSED, "the answer is another issuer's: " + said);
    }
    if (response instanceof AuthorizationErrorResponse error) {
      boolean cancelled = OAuth2Error.ACCESS_DENIED.equals(error.getErrorObject());
      throw new SignInFailed(
          cancelled ? Reason.CANCELLED : Reason.REFUSED,
          "the provider says " + error.getErrorObject().getCode());
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new SignInFailed(Reason.REFUSED, "the answer has no code");
    }
    return code;
  }

  /**
   * Requires that a token endpoint has said yes or no, and not that it cannot.
   *
   * @throws SignInFailed when it has not
   */
  static HTTPResponse decided(HTTPResponse response) {
    return switch (response.getStatusCode()) {
      case HTTPResponse.SC_OK, HTTPResponse.SC_BAD_REQUEST, HTTPResponse.SC_UNAUTHORIZED ->
          response;
      default ->
          throw new SignInFailed(
              Reason.UNAVAILABLE, "the token endpoint answers " + response.getStatusCode());
    };
  }

  private static AuthorizationResponse parsed(
      Challenge challenge, Map<String, List<String>> answer) {
    if (answer.values().stream().anyMatch(values -> values.size() != 1)) {
      throw new SignInFailed(Reason.REFUSED, "a parameter comes twice");
    }
    try {
      return AuthorizationResponse.parse(challenge.redirect(), answer);
    } catch (ParseException | IllegalArgumentException e) {
      throw new SignInFailed(Reason.REFUSED, "the answer: " + e.getMessage());
    }
  }
}
