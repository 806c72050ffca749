package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.api.PlatformApi;
import io.crontopus.standalone.data.Credentials;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.Settings;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the first user through the platform's own API. Its name and password are kept before it is
 * made, so that a start that was cut short is completed by the next one.
 */
record FirstUser(DataFolder data, Settings settings) {

  private static final String NAME = "admin";
  private static final String MAIL = "admin@crontopus.invalid";
  private static final int PASSWORD_BYTES = 18;
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final List<String> SCOPES =
      List.of(
          "read:runs",
          "write:runs",
          "read:jobs",
          "write:jobs",
          "read:agents",
          "write:agents",
          "read:tokens",
          "write:tokens");

  /** Empty when another platform has made the first user of this database. */
  Optional<Credentials> ensure() {
    Optional<Credentials> before = data.credentials();
    Credentials known = before.orElseGet(this::invent);
    String token = known.token() == null ? token(known, before.isEmpty()) : known.token();
    if (token == null) {
      data.deleteCredentials();
      return Optional.empty();
    }
    Credentials complete =
        new Credentials(
            settings.url(), known.username(), known.password(), token, settings.caFile());
    if (!complete.equals(known)) {
      data.write(complete);
    }
    return Optional.of(complete);
  }

  private Credentials invent() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Credentials credentials =
        new Credentials(settings.url(), NAME, password, null, settings.caFile());
    data.write(credentials);
    return credentials;
  }

  private @Nullable String token(Credentials credentials, boolean invented) {
    try (PlatformApi api = new PlatformApi(settings.localUrl(), "", settings.certificate())) {
      if (invented || api.logIn(credentials.username(), credentials.password()).status() != OK) {
        Map<String, Object> user =
            Map.of("username", NAME, "email", MAIL, "password", credentials.password());
        PlatformApi.Answer registered = api.post("/api/auth/register", user);
        if (registered.status() == CONFLICT) {
          return null;
        }
        registered.expected();
      }
      String access =
          api.logIn(credentials.username(), credentials.password())
              .expected()
              .path("access_token")
              .asString();
      try (PlatformApi signedIn =
          new PlatformApi(settings.localUrl(), access, settings.certificate())) {
        Map<String, Object> token = Map.of("name", "first start", "scopes", SCOPES);
        return signedIn.post("/api/tokens", token).expected().path("token").asString();
      }
    }
  }
}
