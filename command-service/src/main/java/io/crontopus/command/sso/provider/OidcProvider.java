package io.crontopus.command.sso.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.crontopus.command.sso.provider.ProviderSettings.Preset;
import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect provider: authorization code with PKCE, and an identity token. */
final class OidcProvider implements Provider {

  private static final Scope SCOPES = new Scope("openid", "email", "profile");

  private final ClientID client;
  private final ClientSecret secret;
  private final Scope scopes;
  private final boolean trustEmail;
  private final boolean google;
  private final ProviderHttp http;
  private final Discovery discovery;

  OidcProvider(ProviderSettings settings, ProviderHttp http) {
    this.client = new ClientID(settings.clientId());
    this.secret = new ClientSecret(settings.clientSecretFile());
    this.scopes =
        settings.scopes().isEmpty() ? SCOPES : new Scope(settings.scopes().toArray(String[]::new));
    this.trustEmail = settings.trustEmail();
    this.google = settings.preset() == Preset.GOOGLE;
    this.http = http;
    this.discovery = new Discovery(Objects.requireNonNull(settings.issuer()), client, http);
  }

  @Override
  public URI authorization(Challenge challenge) {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, scopes, client, challenge.redirect())
        .endpointURI(discovery.get().metadata().getAuthorizationEndpointURI())
        .state(new State(challenge.state()))
        .nonce(new Nonce(challenge.nonce()))
        .codeChallenge(new CodeVerifier(challenge.verifier()), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  @Override
  public Person redeem(Challenge challenge, Map<String, List<String>> answer) {
    Discovery.Known issuer = discovery.get();
    OIDCProviderMetadata metadata = issuer.metadata();
    AuthorizationCode code =
        Answers.code(
            challenge,
            answer,
            said -> said.equals(metadata.getIssuer().getValue()),
            metadata.supportsAuthorizationResponseIssuerParam());
    OIDCTokenResponse tokens = tokens(metadata, challenge, code);
    JWT token = tokens.getOIDCTokens().getIDToken();
    if (token == null) {
      throw new SignInFailed(Reason.REFUSED, "the answer has no identity token");
    }
    IDTokenClaimsSet claims = validated(issuer, token, challenge);
    ClaimsSet told =
        claims.getStringClaim("email") == null && metadata.getUserInfoEndpointURI() != null
            ? userInfo(metadata.getUserInfoEndpointURI(), tokens, claims)
            : claims;
    String email = told.getStringClaim("email");
    return new Person(
        metadata.getIssuer().getValue(),
        claims.getSubject().getValue(),
        email,
        trustEmail || isVerified(told, email),
        told.getStringClaim("name"));
  }

  private OIDCTokenResponse tokens(
      OIDCProviderMetadata metadata, Challenge challenge, AuthorizationCode code) {
    TokenRequest request =
        new TokenRequest.Builder(
                metadata.getTokenEndpointURI(),
                authentication(metadata),
                new AuthorizationCodeGrant(
                    code, challenge.redirect(), new CodeVerifier(challenge.verifier())))
            .build();
    try {
      TokenResponse response =
          OIDCTokenResponseParser.parse(Answers.decided(http.exchange(request.toHTTPRequest())));
      if (response instanceof OIDCTokenResponse tokens) {
        return tokens;
      }
      throw new SignInFailed(
          Reason.REFUSED, "the code is refused: " + response.toErrorResponse().getErrorObject());
    } catch (IOException | ParseException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, "redeeming the code: " + e.getMessage());
    }
  }

  private ClientAuthentication authentication(OIDCProviderMetadata metadata) {
    List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client, secret.read())
        : new ClientSecretPost(client, secret.read());
  }

  private static IDTokenClaimsSet validated(
      Discovery.Known issuer, JWT token, Challenge challenge) {
    try {
      return issuer.validator().validate(token, new Nonce(challenge.nonce()));
    } catch (KeySourceException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, "the issuer's keys: " + e);
    } catch (BadJOSEException | JOSEException e) {
      throw new SignInFailed(Reason.REFUSED, "the identity token: " + e.getMessage());
    }
  }

  private UserInfo userInfo(URI endpoint, OIDCTokenResponse tokens, IDTokenClaimsSet claims) {
    AccessToken access = tokens.getOIDCTokens().getAccessToken();
    if (!ProviderSettings.isSafe(endpoint)) {
      throw new SignInFailed(Reason.UNAVAILABLE, "userinfo_endpoint is no https address");
    }
    try {
      UserInfoResponse response =
          UserInfoResponse.parse(
              http.exchange(new UserInfoRequest(endpoint, access).toHTTPRequest()));
      UserInfo info =
          response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
      if (info == null || !info.getSubject().equals(claims.getSubject())) {
        throw new SignInFailed(Reason.REFUSED, "userinfo is none, or about somebody else");
      }
      return info;
    } catch (IOException | ParseException e) {
      throw new SignInFailed(Reason.UNAVAILABLE, "userinfo: " + e.getMessage());
    }
  }

  /**
   * Google says of every address that it is verified, and has looked at many of them once and years
   * ago. It gives out those of its own and of the domains that it runs.
   */
  private boolean isVerified(ClaimsSet told, @Nullable String email) {
    boolean said = Boolean.TRUE.equals(told.getBooleanClaim("email_verified"));
    if (!google) {
      return said;
    }
    return said
        && email != null
        && (email.toLowerCase(Locale.ROOT).endsWith("@gmail.com")
            || told.getStringClaim("hd") != null);
  }
}
