package io.crontopus.cli.output;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** JSON and YAML as text. Every value is kept exactly; only its spelling is made safe to show. */
public final class Documents {

  private Documents() {}

  /** Indented JSON without a line end. */
  public static String json(JsonNode value) {
    return escaped(Json.INDENTED.writeValueAsString(value));
  }

  /** JSON on one line, without a line end. */
  public static String jsonLine(JsonNode value) {
    return escaped(value.toString());
  }

  /** A YAML document without a marker, with a line end. */
  public static String yaml(JsonNode value) {
    String plain = Yaml.READABLE.writeValueAsString(value);
    String text = hasUnsafe(plain) ? escaped(Yaml.IN_QUOTES.writeValueAsString(value)) : plain;
    return text.endsWith("\n") ? text : text + "\n";
  }

  /**
   * JSON and YAML allow directional marks and some control characters as they are; a terminal obeys
   * them. They stand in double quotes only, where both languages spell them the same way.
   */
  private static String escaped(String json) {
    StringBuilder safe = null;
    for (int at = 0; at < json.length(); at++) {
      char character = json.charAt(at);
      if (character >= 0x7f && isUnsafe(character)) {
        if (safe == null) {
          safe = new StringBuilder(json.length() + 16).append(json, 0, at);
        }
        safe.append("\\u%04x".formatted((int) character));
      } else if (safe != null) {
        safe.append(character);
      }
    }
    return safe == null ? json : safe.toString();
  }

  private static boolean hasUnsafe(String text) {
    return text.chars().anyMatch(each -> each >= 0x7f && isUnsafe((char) each));
  }

  private static boolean isUnsafe(char character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Made when first used: a table needs no writer. */
  private static final class Json {
    private static final ObjectWriter INDENTED = writer();

    private static ObjectWriter writer() {
      var separators =
          Separators.createDefaultInstance()
              .withObjectNameValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator("");
      var printer =
          new DefaultPrettyPrinter(separators).withObjectIndenter(new DefaultIndenter("  ", "\n"));
      return JsonMapper.shared().writer().with(printer);
    }
  }

  private static final class Yaml {
    private static final ObjectWriter READABLE = writer(YAMLWriteFeature.MINIMIZE_QUOTES);

    /** Every string on one line in double quotes, where each character has an escape. */
    private static final ObjectWriter IN_QUOTES = writer(YAMLWriteFeature.ALLOW_LONG_KEYS);

    private static ObjectWriter writer(YAMLWriteFeature feature) {
      var factory =
          YAMLFactory.builder()
              .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
              .disable(YAMLWriteFeature.SPLIT_LINES)
              .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(feature)
              .stringQuotingChecker(new QuotedNames())
              .build();
      return YAMLMapper.builder(factory).build().writer();
    }
  }

  private static final class QuotedNames extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1;

    @Override
    public boolean needToQuoteName(String name) {
      return hasUnsafe(name) || super.needToQuoteName(name);
    }
  }
}
