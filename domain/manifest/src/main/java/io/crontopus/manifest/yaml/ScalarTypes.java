package io.crontopus.manifest.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2's core schema: {@code yes}, {@code on} and {@code 1:30} are text. */
final class ScalarTypes {

  private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

  private ScalarTypes() {}

  static YamlScalar scalar(ScalarEvent event, Position at) throws YamlError {
    Tag tag =
        event.getTag().isPresent() && !event.getTag().get().equals("!")
            ? new Tag(event.getTag().get())
            : RESOLVER.resolve(event.getValue(), event.isPlain() && event.getTag().isEmpty());
    return new YamlScalar(event.getValue(), type(tag, at), at, inset(event));
  }

  private static YamlScalar.Type type(Tag tag, Position at) throws YamlError {
    return switch (tag.getValue()) {
      // The engine knows YAML 1.1's merge key; 1.2 does not.
      case "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge" -> YamlScalar.Type.STRING;
      case "tag:yaml.org,2002:int" -> YamlScalar.Type.INTEGER;
      case "tag:yaml.org,2002:float" -> YamlScalar.Type.FLOAT;
      case "tag:yaml.org,2002:bool" -> YamlScalar.Type.BOOLEAN;
      case "tag:yaml.org,2002:null" -> YamlScalar.Type.NULL;
      default -> throw unknownTag(tag.getValue(), at);
    };
  }

  static void requireNoTag(Optional<String> tag, String allowed, Position at) throws YamlError {
    if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals(allowed)) {
      throw unknownTag(tag.get(), at);
    }
  }

  private static YamlError unknownTag(String tag, Position at) {
    return new YamlError(at, "the tag %s means nothing here; remove it".formatted(tag));
  }

  /** Escapes and line breaks put the text's characters elsewhere than its start says. */
  private static int inset(ScalarEvent event) {
    boolean oneLine =
        event.getStartMark().isPresent()
            && event.getEndMark().isPresent()
            && event.getStartMark().get().getLine() == event.getEndMark().get().getLine();
    if (!oneLine || event.isLiteral() || event.isFolded()) {
      return -1;
    }
    int quotes = event.isPlain() ? 0 : 1;
    int written =
        event.getEndMark().get().getColumn() - event.getStartMark().get().getColumn() - 2 * quotes;
    return written == event.getValue().codePointCount(0, event.getValue().length()) ? quotes : -1;
  }
}
