package io.crontopus.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.http.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class DocumentsTest {
  private static final JsonNode EVIL =
      Json.object().put("name", "a\u001b[2J\u009b\u202e\u007f\u2028 é 東").put("number", "007");

  @Test
  void jsonCanBeReadBackAndHoldsNothingThatATerminalObeys() {
    for (String json : new String[] {Documents.json(EVIL), Documents.jsonLine(EVIL)}) {
      assertThat(Json.parse(json)).isEqualTo(EVIL);
      assertThat(SafeText.block(json)).isEqualTo(json);
      assertThat(json).contains("é 東");
    }
  }

  @Test
  void yamlCanBeReadBackAndHoldsNothingThatATerminalObeys() {
    String yaml = Documents.yaml(EVIL);

    assertThat(YAMLMapper.shared().readTree(yaml)).isEqualTo(EVIL);
    assertThat(SafeText.block(yaml)).isEqualTo(yaml);
  }

  @Test
  void yamlOfSeveralLinesIsSafeToo() {
    JsonNode output = Json.object().put("output", "one\ntw\u202eo\n").put("k\u202ey", "v");

    String yaml = Documents.yaml(output);

    assertThat(YAMLMapper.shared().readTree(yaml)).isEqualTo(output);
    assertThat(SafeText.block(yaml)).isEqualTo(yaml);
    assertThat(Documents.yaml(Json.object().put("output", "one\ntwo\n")))
        .isEqualTo("output: |\n  one\n  two\n");
  }

  @Test
  void numbersKeepTheirDigits() {
    JsonNode number = Json.parse("{\"duration\":1.250}");

    assertThat(Documents.json(number)).isEqualTo("{\n  \"duration\": 1.250\n}");
    assertThat(Documents.yaml(number)).isEqualTo("duration: 1.250\n");
  }
}
