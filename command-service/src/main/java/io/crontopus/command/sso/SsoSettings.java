package io.crontopus.command.sso;

import io.crontopus.command.sso.provider.ProviderSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sign-in by providers, prefix {@code crontopus.sso}.
 *
 * @param providers by ids, which are in addresses; none by default
 * @param only whether nobody logs in with a password
 * @param breakGlass user names that may all the same, for the day on which no provider answers
 * @param timeout how long one request to a provider may take
 */
@ConfigurationProperties("crontopus.sso")
record SsoSettings(
    @DefaultValue Map<String, ProviderSettings> providers,
    @DefaultValue("false") boolean only,
    @DefaultValue List<String> breakGlass,
    @DefaultValue("5s") Duration timeout) {

  SsoSettings {
    breakGlass = List.copyOf(breakGlass);
    if (only && providers.isEmpty()) {
      throw new IllegalArgumentException(
          "crontopus.sso.only without crontopus.sso.providers: nobody could log in");
    }
  }
}
