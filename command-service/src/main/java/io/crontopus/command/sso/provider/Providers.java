package io.crontopus.command.sso.provider;

import io.crontopus.command.sso.provider.SignInFailed.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The providers that the operator has set up. */
public final class Providers implements AutoCloseable {

  private static final String ID = "[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?";

  private final ProviderHttp http;
  private final Map<String, Named> byId = new LinkedHashMap<>();

  /** A provider with what people call it. */
  public record Named(String id, String name, Provider provider) {}

  /**
   * Prepares them; nobody is asked for anything before the first sign-in.
   *
   * @param timeout how long one request to a provider may take
   */
  public Providers(Map<String, ProviderSettings> settings, Duration timeout) {
    this.http = new ProviderHttp(timeout);
    settings.forEach(
        (id, one) -> {
          if (!id.matches(ID)) {
            throw new IllegalArgumentException(
                "crontopus.sso.providers: '"
                    + id
                    + "' must be lower-case letters, digits, inner '-'");
          }
          byId.put(id, new Named(id, one.shownAs(id), guarded(one)));
        });
  }

  /** All of them. */
  public List<Named> all() {
    return List.copyOf(byId.values());
  }

  /** The one of this id. */
  public Optional<Named> find(@Nullable String id) {
    return Optional.ofNullable(byId.get(id));
  }

  private Provider guarded(ProviderSettings settings) {
    Provider provider =
        switch (settings.preset()) {
          case OIDC, GOOGLE -> new OidcProvider(settings, http);
          case GITHUB -> new GithubProvider(settings, http);
        };
    return settings.emailDomains().isEmpty()
        ? provider
        : new OfDomains(provider, settings.emailDomains());
  }

  /** Lets those in who have a verified address in one of these domains. */
  private record OfDomains(Provider provider, List<String> domains) implements Provider {

    @Override
    public URI authorization(Challenge challenge) {
      return provider.authorization(challenge);
    }

    @Override
    public Person redeem(Challenge challenge, Map<String, List<String>> answer) {
      Person person = provider.redeem(challenge, answer);
      if (!person.emailVerified() || !domains.contains(person.domain())) {
        throw new SignInFailed(
            Reason.NOT_ALLOWED, "no verified address in one of the domains that may come");
      }
      return person;
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
