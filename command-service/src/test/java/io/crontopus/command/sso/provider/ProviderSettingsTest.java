package io.crontopus.command.sso.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.command.sso.provider.ProviderSettings.Preset;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderSettingsTest {

  private static final URI HUB = URI.create("https://github.com");

  @Test
  void googlesIssuerIsKnown() {
    assertThat(settings(Preset.GOOGLE, null, HUB).issuer())
        .isEqualTo(URI.create("https://accounts.google.com"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://issuer.example",
        "http://localhost.example",
        "issuer.example",
        "file:///x"
      })
  void whatOthersCanReadIsNoIssuer(String issuer) {
    assertThatThrownBy(() -> settings(Preset.OIDC, URI.create(issuer), HUB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
    assertThatThrownBy(() -> settings(Preset.GITHUB, null, URI.create(issuer)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anIssuerIsNeeded() {
    assertThatThrownBy(() -> settings(Preset.OIDC, null, HUB))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a/b", "-a", "a.b"})
  void anIdFitsIntoAnAddress(String id) {
    Map<String, ProviderSettings> one = Map.of(id, settings(Preset.GITHUB, null, HUB));
    assertThatThrownBy(() -> new Providers(one, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ProviderSettings settings(Preset preset, @Nullable URI issuer, URI web) {
    return new ProviderSettings(
        preset, issuer, "client", Path.of("secret"), List.of(), null, List.of(), false, web, HUB);
  }
}
