package io.crontopus.manifest;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** The published schema in a validator that is not ours. */
final class ManifestJsonSchema {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ManifestSchema.json());

  private ManifestJsonSchema() {}

  static List<String> errors(Object tree) {
    return SCHEMA.validate(JSON.valueToTree(tree)).stream().map(Object::toString).toList();
  }

  /** What a plain YAML reader makes of a text. */
  static Object yaml(String text) {
    return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
        .loadFromString(text);
  }

  /** What a plain YAML reader makes of several documents. */
  static Iterable<Object> yamlDocuments(String text) {
    return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build())
        .loadAllFromString(text);
  }
}
