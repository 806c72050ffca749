package io.crontopus.query.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Manifests are judged over HTTP before they are pushed. */
class ManifestsIT {

  private static final String GOOD =
      """
      apiVersion: v1
      kind: Job
      metadata:
        name: backup
      spec:
        schedule: "0 2 * * *"
        command: /bin/true
        workingDir: /tmp
      """;

  private Api api;

  @BeforeEach
  void newTenant() {
    api = Api.of(Platform.get().token(Platform.get().newTenant(), Scope.READ_JOBS));
  }

  @Test
  void tellsWhatAValidManifestDefines() {
    Answer answer = validate(GOOD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().get("valid").asBoolean()).isTrue();
    assertThat(answer.body().get("errors")).isEmpty();
    JsonNode spec = answer.body().get("jobs").get(0).get("spec");
    assertThat(spec.get("workingDir").asString()).isEqualTo("/tmp");
    assertThat(spec.get("timezone").asString()).isEqualTo("UTC");
  }

  @Test
  void tellsWhatIsWrongAndWhere() {
    Answer answer = validate(GOOD.replace("0 2 * * *", "0 99 * * *"));

    assertThat(answer.body().get("valid").asBoolean()).isFalse();
    JsonNode error = answer.body().get("errors").get(0);
    assertThat(error.get("path").asString()).isEqualTo("default/x.yaml");
    assertThat(error.get("line").asInt()).isEqualTo(6);
    assertThat(error.get("field").asString()).isEqualTo("spec.schedule");
  }

  @Test
  void badBytesAreAnswersAndTooManyAProblem() {
    assertThat(validate("").status()).isEqualTo(200);
    assertThat(
            api.post("/api/manifests/validate", new byte[] {(byte) 0xff, 0, 1})
                .body()
                .get("valid")
                .asBoolean())
        .isFalse();
    byte[] large = new byte[2 * 1024 * 1024];
    Arrays.fill(large, (byte) 'a');
    assertThat(api.post("/api/manifests/validate", large).body().get("valid").asBoolean())
        .isFalse();
    byte[] huge = new byte[5 * 1024 * 1024];
    Arrays.fill(huge, (byte) 'a');
    assertThat(api.post("/api/manifests/validate", huge).status()).isEqualTo(413);
  }

  @Test
  void needsTheScope() {
    Api other = Api.of(Platform.get().token(Platform.get().newTenant(), Scope.READ_RUNS));

    assertThat(other.post("/api/manifests/validate", new byte[0]).status()).isEqualTo(403);
  }

  private Answer validate(String yaml) {
    return api.post(
        "/api/manifests/validate?path=default/x.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }
}
