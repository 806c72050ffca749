package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.schedule.CronExpression;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What the reference pages show is true. */
class ReferenceDocsTest {

  private static final Path REFERENCE = Path.of("../../docs/reference");
  private static final String HEAD =
      """
      apiVersion: v1
      kind: Job
      metadata: {name: example}
      """;

  private static String page(String name) {
    return new String(Corpus.bytes(REFERENCE.resolve(name)), StandardCharsets.UTF_8);
  }

  private static Stream<String> blocks(String page, String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
        .matcher(page(page))
        .results()
        .map((MatchResult block) -> block.group(1));
  }

  static Stream<String> examples() {
    return Stream.of("manifest.md", "schedules.md").flatMap(page -> blocks(page, "yaml"));
  }

  /** Excerpts that show a part of {@code spec} are completed first. */
  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(String example) {
    String text = example.startsWith("spec:") ? HEAD + example : example;
    for (String required : List.of("schedule: \"@daily\"", "command: \"true\"")) {
      String field = required.substring(0, required.indexOf(' '));
      text = text.contains("  " + field) ? text : text + "  " + required + "\n";
    }
    assertThat(
            ManifestParser.parse("default/x.yaml", text.getBytes(StandardCharsets.UTF_8))
                .problems())
        .isEmpty();
  }

  @Test
  void everyFieldIsThere() {
    List<String> fields = new ArrayList<>();
    collect(ManifestJsonSchema.JSON.readTree(ManifestSchema.json()), "", fields);
    assertThat(fields).hasSizeGreaterThan(40);
    assertThat(fields).allMatch(page("manifest.md")::contains);
  }

  private static void collect(JsonNode node, String path, List<String> fields) {
    JsonNode items = node.path("items");
    String inside = items.has("properties") ? path + "[]" : path;
    JsonNode properties =
        items.has("properties") ? items.get("properties") : node.path("properties");
    properties
        .properties()
        .forEach(
            property -> {
              String field =
                  inside.isEmpty() ? property.getKey() : inside + "." + property.getKey();
              if (!property.getValue().has("properties")) {
                fields.add("`" + field + "`");
              }
              collect(property.getValue(), field, fields);
            });
  }

  @Test
  void everyExpressionIsValid() {
    List<String> lines = blocks("schedules.md", "cron").flatMap(String::lines).toList();
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(CronExpression.parse(line.split("#")[0])).isNotNull());
  }

  @Test
  void macrosMeanWhatTheTableSays() {
    Pattern row = Pattern.compile("(?m)^\\| (`@[^|]*) \\| `([0-9*][^`]*)` \\|$");
    List<MatchResult> rows = row.matcher(page("schedules.md")).results().toList();
    assertThat(rows).hasSize(5);
    for (MatchResult found : rows) {
      for (String macro : found.group(1).replace("`", "").split(", ")) {
        assertThat(CronExpression.parse(macro).fields()).isEqualTo(found.group(2));
      }
    }
  }
}
