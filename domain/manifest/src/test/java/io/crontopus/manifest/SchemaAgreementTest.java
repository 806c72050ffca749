package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema and the parser say the same about the same manifests. */
class SchemaAgreementTest {

  private static final String MINIMAL =
      """
      {"apiVersion": "v1", "kind": "Job", "metadata": {"name": "x"},
       "spec": {"schedule": "@daily", "command": "true"}}
      """;

  /** One field with one value, and whether a manifest that has it is valid. */
  private static final String VARIANTS =
      """
      good metadata.name: a
      good metadata.name: a-1
      good metadata.name: 0123456789012345678901234567890123456789012345678901234567890ab
      bad  metadata.name: 0123456789012345678901234567890123456789012345678901234567890abc
      bad  metadata.name: -a
      bad  metadata.name: a-
      bad  metadata.name: A
      bad  metadata.name: a_b
      bad  metadata.name: ""
      bad  metadata.name: 5
      bad  metadata.name: null
      good metadata.id: 550e8400-e29b-41d4-a716-446655440000
      good metadata.id: 550E8400-E29B-41D4-A716-446655440000
      bad  metadata.id: 550e8400e29b41d4a716446655440000
      bad  metadata.id: "5"
      good metadata.namespace: default
      bad  metadata.namespace: De fault
      good metadata.tenant: acme-corp
      bad  metadata.tenant: " "
      good metadata.labels: {team: x, "a.b/c-d_e": ""}
      bad  metadata.labels: {team: 5}
      bad  metadata.labels: {"-a": x}
      bad  metadata.labels: {"a b": x}
      bad  metadata.labels: {a: "x\\ny"}
      bad  metadata.labels: [a]
      bad  metadata.labels: {a: null}
      good metadata.annotations: {a: "x\\ny"}
      bad  metadata.annotations: {a: [x]}
      bad  metadata.unknown: x
      good spec.schedule: 0 2 * * *
      good spec.schedule: "  0 2 * * mon-fri  "
      good spec.schedule: [0 2 * jan 1-5, "*/5 * * * *", "@reboot", "@HOURLY"]
      bad  spec.schedule: []
      bad  spec.schedule: ""
      bad  spec.schedule: 0 2 * *
      bad  spec.schedule: 0 0 2 * * *
      bad  spec.schedule: "@dayly"
      bad  spec.schedule: "@every 5m"
      bad  spec.schedule: 5
      bad  spec.schedule: ["0 2 * * *", 5]
      bad  spec.schedule: {cron: 0 2 * * *}
      bad  spec.schedule: null
      good spec.timezone: Europe/Berlin
      bad  spec.timezone: 5
      bad  spec.timezone: ""
      good spec.command: "a\\nb"
      good spec.command: " a"
      bad  spec.command: "  "
      bad  spec.command: ""
      bad  spec.command: "a\\0b"
      bad  spec.command: [a]
      bad  spec.command: true
      good spec.args: []
      good spec.args: ["", "a b", "5"]
      bad  spec.args: [5]
      bad  spec.args: a
      bad  spec.args: null
      bad  spec.args: ["\\0"]
      good spec.workingDir: /
      good spec.workingDir: 'C:\\jobs'
      bad  spec.workingDir: opt
      bad  spec.workingDir: ""
      good spec.user: backup
      good spec.user: www-data
      bad  spec.user: a b
      bad  spec.user: "a:b"
      bad  spec.user: -a
      bad  spec.user: ""
      good spec.env: {A: "", _b1: "x\\ny", C: {fromFile: /etc/c}}
      bad  spec.env: {1A: x}
      bad  spec.env: {A-B: x}
      bad  spec.env: {A: 5}
      bad  spec.env: {A: {fromFile: c}}
      bad  spec.env: {A: {}}
      bad  spec.env: {A: {fromFile: /c, x: y}}
      bad  spec.env: [A]
      good spec.stdin: ""
      bad  spec.stdin: 5
      good spec.enabled: false
      bad  spec.enabled: "false"
      bad  spec.enabled: 0
      good spec.paused: true
      bad  spec.paused: yes
      good spec.agent: {}
      good spec.agent: {selector: {}}
      good spec.agent: {selector: {hostname: h, platform: linux, role: db}}
      bad  spec.agent: {selector: {hostname: 5}}
      bad  spec.agent: {selector: {"a b": c}}
      bad  spec.agent: {selector: h}
      bad  spec.agent: {hostname: h}
      good spec.agent: {selector: {matchExpressions: []}}
      good spec.agent: {selector: {matchExpressions: [{key: a, operator: In, values: [b]}]}}
      good spec.agent: {selector: {matchExpressions: [{key: a, operator: Exists}]}}
      good spec.agent: {selector: {matchExpressions: [{key: a, operator: Exists, values: []}]}}
      bad  spec.agent: {selector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}
      bad  spec.agent: {selector: {matchExpressions: [{key: a, operator: NotIn}]}}
      bad  spec.agent: {selector: {matchExpressions: [{key: a, operator: NotIn, values: []}]}}
      bad  spec.agent: {selector: {matchExpressions: [{key: a, operator: in, values: [b]}]}}
      bad  spec.agent: {selector: {matchExpressions: [{key: a}]}}
      bad  spec.agent: {selector: {matchExpressions: [{operator: Exists}]}}
      bad  spec.agent: {selector: {matchExpressions: {key: a}}}
      good spec.checkin: {}
      good spec.checkin: {timeout: 0, grace: 5m, minRuntime: 1d2h3m4s}
      good spec.checkin: {timeout: 31622400}
      bad  spec.checkin: {timeout: 31622401}
      bad  spec.checkin: {timeout: -1}
      bad  spec.checkin: {timeout: 1.5}
      bad  spec.checkin: {timeout: ""}
      bad  spec.checkin: {timeout: "5"}
      bad  spec.checkin: {timeout: 5 m}
      bad  spec.checkin: {timeout: 5s5m}
      bad  spec.checkin: {timeout: null}
      bad  spec.checkin: {enabled: 1}
      bad  spec.checkin: {retries: 1}
      good spec.checkin: {output: {maxBytes: 0, redact: []}}
      good spec.checkin: {output: {maxBytes: 1048576, redact: ["password=\\\\S+"]}}
      bad  spec.checkin: {output: {maxBytes: 1048577}}
      bad  spec.checkin: {output: {maxBytes: "5"}}
      bad  spec.checkin: {output: {redact: [""]}}
      bad  spec.checkin: {output: {redact: x}}
      good spec.retry: {}
      good spec.retry: {enabled: false, attempts: 100, backoff: linear, delay: 1m}
      bad  spec.retry: {attempts: 0}
      bad  spec.retry: {attempts: 101}
      bad  spec.retry: {backoff: Linear}
      bad  spec.retry: 3
      good spec.concurrency: replace
      bad  spec.concurrency: Allow
      bad  spec.concurrency: true
      good spec.resources: {nice: -20, ioClass: best-effort, memory: 1, cpu: 0.25}
      good spec.resources: {memory: 2T, cpu: 9999.999}
      good spec.resources: {memory: "5", cpu: 250m}
      bad  spec.resources: {nice: 20}
      bad  spec.resources: {ioClass: best_effort}
      bad  spec.resources: {memory: 0}
      bad  spec.resources: {memory: 512MB}
      bad  spec.resources: {memory: -1}
      bad  spec.resources: {memory: 1.5}
      bad  spec.resources: {cpu: 0}
      bad  spec.resources: {cpu: "0.0"}
      bad  spec.resources: {cpu: -1}
      bad  spec.resources: {cpu: 0m}
      bad  spec.resources: {cpu: 0.1234}
      bad  spec.resources: {cpu: lots}
      good spec.isolation: {}
      good spec.isolation: {container: {image: "registry:5000/a/b@sha256:0f"}}
      good spec.isolation: {container: {image: a, engine: docker}}
      bad  spec.isolation: {container: {}}
      bad  spec.isolation: {container: {image: "a b"}}
      bad  spec.isolation: {container: {image: a, engine: lxc}}
      bad  spec.isolation: {container: a}
      good spec.dependsOn: []
      good spec.dependsOn: [{job: a}, {job: b/a, within: 1h, require: any}]
      bad  spec.dependsOn: [a]
      bad  spec.dependsOn: [{job: a/b/c}]
      bad  spec.dependsOn: [{job: a, require: failure}]
      bad  spec.dependsOn: [{}]
      good spec.alerts: [{when: failure, notify: [oncall]}, {when: drift, after: 1000, notify: [a, b]}]
      bad  spec.alerts: [{when: failure, notify: []}]
      bad  spec.alerts: [{when: failure, notify: ["A B"]}]
      bad  spec.alerts: [{when: failure}]
      bad  spec.alerts: [{notify: [a]}]
      bad  spec.alerts: [{when: failure, after: 0, notify: [a]}]
      bad  spec.alerts: [{when: sometimes, notify: [a]}]
      good spec.hooks: {onSuccess: ["a"], onFailure: []}
      bad  spec.hooks: {onSuccess: a}
      bad  spec.hooks: {onSuccess: [" "]}
      bad  spec.hooks: {before: [a]}
      bad  spec.unknown: x
      bad  apiVersion: v2
      bad  apiVersion: 1
      bad  kind: job
      bad  metadata: {}
      bad  metadata: null
      bad  spec: {}
      bad  spec: {schedule: "@daily"}
      bad  spec: {command: a}
      bad  spec: a
      bad  status: {}
      """;

  static Stream<String> variants() {
    return VARIANTS.lines();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void agreeOnEveryField(String variant) {
    boolean good = variant.startsWith("good");
    int colon = variant.indexOf(": ");
    String field = variant.substring(5, colon);
    Object value = ManifestJsonSchema.yaml(variant.substring(colon + 2));
    String manifest = with(field, ManifestJsonSchema.JSON.valueToTree(value));

    ParsedManifest parsed =
        ManifestParser.parse("default/x.yaml", manifest.getBytes(StandardCharsets.UTF_8));
    List<String> errors = ManifestJsonSchema.errors(ManifestJsonSchema.JSON.readTree(manifest));

    assertThat(parsed.problems()).as("parser on %s", manifest).matches(p -> p.isEmpty() == good);
    assertThat(errors).as("schema on %s", manifest).matches(e -> e.isEmpty() == good);
    assertThat(parsed.jobs()).hasSize(good ? 1 : 0);
  }

  private static String with(String field, JsonNode value) {
    ObjectNode root = (ObjectNode) ManifestJsonSchema.JSON.readTree(MINIMAL);
    int dot = field.indexOf('.');
    ObjectNode parent = dot < 0 ? root : (ObjectNode) root.get(field.substring(0, dot));
    parent.set(field.substring(dot + 1), value);
    return ManifestJsonSchema.JSON.writeValueAsString(root);
  }

  static Stream<Path> goodFiles() {
    return Corpus.GOOD.files().stream();
  }

  @ParameterizedTest
  @MethodSource("goodFiles")
  void agreeOnGoodFiles(Path file) {
    String text = new String(Corpus.bytes(file), StandardCharsets.UTF_8);
    for (Object document : ManifestJsonSchema.yamlDocuments(text)) {
      if (document != null) {
        assertThat(ManifestJsonSchema.errors(document)).as(file.toString()).isEmpty();
      }
    }
  }

  @Test
  void everyFieldIsDescribedAndNoneIsForgotten() {
    Map<String, JsonNode> undescribed = new HashMap<>();
    JsonNode schema = ManifestJsonSchema.JSON.readTree(ManifestSchema.json());
    collectUndescribed(schema, "", undescribed);
    assertThat(undescribed.keySet()).isEmpty();

    JobManifest everything =
        Corpus.GOOD.parse(Corpus.GOOD.root().resolve("default/everything.yaml")).jobs().getFirst();
    JsonNode spec = ManifestJsonSchema.JSON.valueToTree(everything.toTree()).get("spec");
    assertThat(new ArrayList<>(spec.propertyNames()))
        .containsExactlyElementsOf(
            schema.get("properties").get("spec").get("properties").propertyNames());
  }

  private static void collectUndescribed(JsonNode node, String at, Map<String, JsonNode> found) {
    JsonNode properties = node.path("properties");
    if (properties.isObject() && node.has("description")) {
      properties
          .properties()
          .forEach(
              property -> {
                String path = at + "/" + property.getKey();
                if (!property.getValue().has("description")
                    && !property.getValue().has("$ref")
                    && !property.getKey().equals("values")) {
                  found.put(path, property.getValue());
                }
                collectUndescribed(property.getValue(), path, found);
              });
    }
  }
}
