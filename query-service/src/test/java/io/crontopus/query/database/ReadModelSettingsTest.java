package io.crontopus.query.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.postgresql.client.SSLMode;
import org.junit.jupiter.api.Test;

/** The URL that JDBC is given, read for R2DBC. */
class ReadModelSettingsTest {

  @Test
  void readsHostPortAndDatabase() {
    assertThat(ReadModelSettings.of("jdbc:postgresql://db.example.org:5433/crontopus", "me", "x"))
        .isEqualTo(
            new ReadModelSettings("db.example.org", 5433, "crontopus", "me", "x", SSLMode.PREFER));
    assertThat(ReadModelSettings.of("jdbc:postgresql://[::1]/db", "me", ""))
        .isEqualTo(new ReadModelSettings("::1", 5432, "db", "me", null, SSLMode.PREFER));
  }

  @Test
  void readsParametersWhereNothingElseIsSaid() {
    String url = "jdbc:postgresql://localhost/db?user=a%40b&password=p&sslmode=verify-full&x=y";

    assertThat(ReadModelSettings.of(url, "", ""))
        .isEqualTo(new ReadModelSettings("localhost", 5432, "db", "a@b", "p", SSLMode.VERIFY_FULL));
    assertThat(ReadModelSettings.of(url, "me", "mine").username()).isEqualTo("me");
    assertThat(ReadModelSettings.of(url, "me", "mine")).asString().doesNotContain("mine");
  }

  @Test
  void refusesOtherUrlsWithoutShowingTheirSecrets() {
    assertThatThrownBy(() -> ReadModelSettings.of("jdbc:mysql://h/db?password=secret", "", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ReadModelSettings.of("jdbc:postgresql:db", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
