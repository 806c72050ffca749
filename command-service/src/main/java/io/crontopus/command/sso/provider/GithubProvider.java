package io.crontopus.command.sso.provider;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * GitHub: OAuth 2 without identity tokens. Who came is asked of its API, with the token that the
 * code was redeemed for; that token is forgotten afterwards.
 */
final class GithubProvider implements Provider {

  private static final Scope SCOPES = new Scope("read:user", "user:email");
  private static final int OK = 200;

  private final ClientID client;
  private final ClientSecret secret;
  private final Scope scopes;
  private final String webUrl;
  private final String apiUrl;
  private final ProviderHttp http;

  GithubProvider(ProviderSettings settings, ProviderHttp http) {
    this.client = new ClientID(settings.clientId());
    this.secret = new ClientSecret(settings.clientSecretFile());
    this.scopes =
        settings.scopes().isEmpty() ? SCOPES : new Scope(settings.scopes().toArray(String[]::new));
    this.webUrl = settings.webUrl().toString().replaceFirst("/$", "");
    this.apiUrl = settings.apiUrl().toString().replaceFirst("/$", "");
    this.http = http;
  }

  @Override
  public URI authorization(Challenge challenge) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, client)
        .scope(scopes)
        .redirectionURI(challenge.redirect())
        .endpointURI(URI.create(webUrl + "/login/oauth/authorize"))
        .state(new State(challenge.state()))
        .codeChallenge(new CodeVerifier(challenge.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  @Override
  public Person redeem(Challenge challenge, Map<String, List<String>> answer) {
    AuthorizationCode code =
        Answers.code(
            challenge, answer, said -> said.equals(webUrl) || said.startsWith(webUrl + "/"), false);
    AccessToken token = token(challenge, code);
    JsonNode user = get("/user", token);
    JsonNode id = user.path("id");
    if (!id.isIntegralNumber()) {
      throw new SignInFailed(Reason.REFUSED, "the user has no id");
    }
    JsonNode primary = primary(get("/user/emails", token));
    return new Person(
        webUrl,
        id.asString(),
        text(primary, "email"),
        primary.path("verified").asBoolean(false),
        text(user, "name"));
  }

  private AccessToken token(Challenge challenge, AuthorizationCode code) {
    HTTPRequest request =
        new TokenRequest.Builder(
                URI.create(webUrl + "/login/oauth/access_token"),
                new ClientSecretPost(client, secret.read()),
                new AuthorizationCodeGrant(
                    code, challenge.redirect(), new CodeVerifier(challenge.verifier())))
            .build()
            .toHTTPRequest();
    request.setAccept("application/json");
    try {
      HTTPResponse answer = Answers.decided(http.exchange(request));
      // It says that a code is no good with 200.
      if (answer.getStatusCode() == OK && answer.getBodyAsJSONObject().containsKey("error")) {
        throw new SignInFailed(
            Reason.REFUSED, "the code is refused: " + answer.getBodyAsJSONObject().get("error"));
      }
      TokenResponse response = TokenResponse.parse(answer);
      if (!response.indicatesSuccess()) {
        throw new SignInFailed(
            Reason.REFUSED, "the code is refused: " + response.toErrorResponse().getErrorObject());
      }
      return response.toSuccessResponse().getTokens().getAccessToken();
    } catch (IOException | ParseException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, "redeeming the code: " + e.getMessage());
    }
  }

  private JsonNode get(String path, AccessToken token) {
    HTTPRequest request = new HTTPRequest(HTTPRequest.Method.GET, URI.create(apiUrl + path));
    request.setAuthorization(token.toAuthorizationHeader());
    request.setAccept("application/vnd.github+json");
    try {
      HTTPResponse answer = http.exchange(request);
      if (answer.getStatusCode() != OK) {
        throw new SignInFailed(Reason.UNAVAILABLE, path + " answers " + answer.getStatusCode());
      }
      return JsonMapper.shared().readTree(answer.getBody());
    } catch (IOException | JacksonException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, path + ": " + e.getMessage());
    }
  }

  private static JsonNode primary(JsonNode emails) {
    return emails
        .valueStream()
        .filter(email -> email.path("primary").asBoolean(false))
        .findFirst()
        .orElseGet(() -> JsonMapper.shared().createObjectNode());
  }

  private static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? value.asString() : null;
  }
}
