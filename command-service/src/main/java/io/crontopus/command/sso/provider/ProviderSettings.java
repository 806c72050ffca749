package io.crontopus.command.sso.provider;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a provider, prefix {@code crontopus.sso.providers.<id>}.
 *
 * @param preset what is known of it without being told
 * @param issuer where an OpenID Connect provider is discovered; Google's is known
 * @param clientId what the provider calls this platform
 * @param clientSecretFile where its secret is, alone on a line
 * @param scopes what is asked for; what is needed for an address unless given
 * @param displayName what people read on the button
 * @param emailDomains whoever has a verified address there may come; all when there are none
 * @param trustEmail whether an address counts as verified though the provider does not say so: for
 *     one whose own administrator gives out the addresses
 * @param webUrl where a GitHub server is
 * @param apiUrl where its API is
 */
public record ProviderSettings(
    @DefaultValue("oidc") Preset preset,
    @Nullable URI issuer,
    String clientId,
    Path clientSecretFile,
    @DefaultValue List<String> scopes,
    @Nullable String displayName,
    @DefaultValue List<String> emailDomains,
    @DefaultValue("false") boolean trustEmail,
    @DefaultValue("https://github.com") URI webUrl,
    @DefaultValue("https://api.github.com") URI apiUrl) {

  /** Kinds of providers. */
  public enum Preset {
    /** Any OpenID Connect provider, by its issuer. */
    OIDC,
    GOOGLE,
    /** OAuth 2 without identity tokens. */
    GITHUB
  }

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final URI GOOGLE = URI.create("https://accounts.google.com");

  @SuppressWarnings("NullAway") // what is required may be missing: this is where it is found out
  public ProviderSettings {
    if (clientId == null || clientId.isBlank() || clientSecretFile == null) {
      throw new IllegalArgumentException(
          "crontopus.sso.providers: each needs client-id and client-secret-file");
    }
    if (preset == Preset.GOOGLE && issuer == null) {
      issuer = GOOGLE;
    }
    if (preset != Preset.GITHUB) {
      requireSafe(issuer, "issuer");
    } else {
      requireSafe(webUrl, "web-url");
      requireSafe(apiUrl, "api-url");
    }
    scopes = List.copyOf(scopes);
    emailDomains =
        emailDomains.stream().map(domain -> domain.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /** The name to show for a provider of this id. */
  public String shownAs(String id) {
    if (displayName != null && !displayName.isBlank()) {
      return displayName;
    }
    return switch (preset) {
      case OIDC -> id;
      case GOOGLE -> "Google";
      case GITHUB -> "GitHub";
    };
  }

  /**
   * Whether nobody on the way can read or change what is said there: it is encrypted, or never
   * leaves the machine.
   */
  static boolean isSafe(URI uri) {
    String host = uri.getHost();
    if (host == null || "https".equals(uri.getScheme())) {
      return host != null;
    }
    return "http".equals(uri.getScheme()) && LOOPBACK.contains(host);
  }

  private static void requireSafe(@Nullable URI uri, String name) {
    if (uri == null || !isSafe(uri)) {
      throw new IllegalArgumentException(
          "crontopus.sso.providers: " + name + " must be an https address, and is " + uri);
    }
  }
}
