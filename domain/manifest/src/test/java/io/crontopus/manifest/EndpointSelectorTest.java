package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSelectorTest {

  private static EndpointSelector selector(String yaml) {
    String manifest =
        """
        apiVersion: v1
        kind: Job
        metadata: {name: x}
        spec: {schedule: "@daily", command: "true", agent: {selector: %s}}
        """
            .formatted(yaml);
    ParsedManifest parsed =
        ManifestParser.parse("default/x.yaml", manifest.getBytes(StandardCharsets.UTF_8));
    assertThat(parsed.problems()).isEmpty();
    return parsed.jobs().getFirst().spec().selector();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                                   | true",
        "{hostname: backup-01}                                                | true",
        "{hostname: BACKUP-01, platform: Linux}                               | true",
        "{hostname: backup-02}                                                | false",
        "{platform: macos}                                                    | false",
        "{role: database}                                                     | true",
        "{role: Database}                                                     | false",
        "{role: database, region: us}                                         | false",
        "{missing: x}                                                         | false",
        "{matchExpressions: [{key: role, operator: In, values: [a, database]}]}  | true",
        "{matchExpressions: [{key: role, operator: In, values: [a]}]}            | false",
        "{matchExpressions: [{key: missing, operator: In, values: [a]}]}         | false",
        "{matchExpressions: [{key: role, operator: NotIn, values: [a]}]}         | true",
        "{matchExpressions: [{key: role, operator: NotIn, values: [database]}]}  | false",
        "{matchExpressions: [{key: missing, operator: NotIn, values: [a]}]}      | true",
        "{matchExpressions: [{key: role, operator: Exists}]}                     | true",
        "{matchExpressions: [{key: missing, operator: Exists}]}                  | false",
        "{matchExpressions: [{key: role, operator: DoesNotExist}]}               | false",
        "{matchExpressions: [{key: missing, operator: DoesNotExist}]}            | true",
        "{matchExpressions: [{key: hostname, operator: In, values: [Backup-01]}]} | true",
        "{role: database, matchExpressions: [{key: region, operator: Exists}, {key: x, operator: Exists}]} | false",
      })
  void matches(String yaml, boolean matches) {
    assertThat(
            selector(yaml)
                .matches("backup-01", "linux", Map.of("role", "database", "region", "eu")))
        .isEqualTo(matches);
  }
}
