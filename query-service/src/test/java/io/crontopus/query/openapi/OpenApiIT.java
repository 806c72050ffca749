package io.crontopus.query.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.query.Api;
import io.crontopus.query.Platform;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The API describes itself. */
class OpenApiIT {

  private final JsonNode document =
      Api.of(Platform.get().token(Platform.get().newTenant())).get("/openapi.json").body();

  @Test
  void namesEveryRoute() {
    assertThat(document.get("openapi").asString()).startsWith("3.1");
    assertThat(document.get("paths").propertyNames())
        .contains(
            "/api/runs",
            "/api/runs/{id}",
            "/api/endpoints",
            "/api/endpoints/{id}",
            "/api/endpoints/{id}/jobs",
            "/api/jobs",
            "/api/jobs/{namespace}/{name}",
            "/api/jobs/{namespace}/{name}/runs",
            "/api/jobs/{namespace}/{name}/endpoints",
            "/api/commits",
            "/api/manifests/validate",
            "/api/stream");
  }

  @Test
  void showsParametersFieldsAndProblemsAsTheyAre() {
    JsonNode runs = document.at("/paths/~1api~1runs/get");

    assertThat(runs.get("parameters").valueStream().map(p -> p.get("name").asString()))
        .containsExactlyInAnyOrder(
            "job",
            "namespace",
            "endpoint_id",
            "status",
            "from",
            "to",
            "include",
            "limit",
            "cursor");
    assertThat(runs.at("/responses/default/content/application~1problem+json").isMissingNode())
        .isFalse();
    assertThat(document.at("/components/schemas/RunView/properties").propertyNames())
        .contains("run_id", "exit_code")
        .doesNotContain("ordered_at", "runId");
    assertThat(document.at("/components/schemas/JobDetail/properties").propertyNames())
        .contains("definition", "job_id", "next_run_at");
    assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
        .isEqualTo("bearer");
  }

  @Test
  void namesEveryOperationOnceAndByWhatItIsAbout() {
    List<String> operations =
        document
            .get("paths")
            .valueStream()
            .flatMap(JsonNode::valueStream)
            .map(operation -> operation.path("operationId").asString())
            .toList();

    assertThat(operations)
        .doesNotHaveDuplicates()
        .contains("runList", "endpointShow")
        .allMatch(name -> name.matches("[a-z][A-Za-z]+"));
  }
}
