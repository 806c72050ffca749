package io.crontopus.manifest.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * The documents of a chunk; usually one.
 *
 * @param roots their values; documents that hold nothing are left out
 * @param error what ended the reading before the end of the chunk
 */
public record YamlDocuments(List<YamlNode> roots, Optional<YamlError> error) {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("manifest").setUseMarks(true).build();

  public YamlDocuments {
    roots = List.copyOf(roots);
  }

  /** Reads as far as the text can be understood. */
  public static YamlDocuments read(YamlChunk chunk) {
    List<YamlNode> roots = new ArrayList<>();
    @Nullable YamlError error = null;
    try {
      readInto(roots, chunk);
    } catch (YamlError e) {
      error = e;
    } catch (MarkedYamlEngineException e) {
      error = SyntaxMessages.explain(e, chunk.firstLine());
    } catch (YamlEngineException e) {
      error = new YamlError(new Position(chunk.firstLine(), 1), String.valueOf(e.getMessage()));
    }
    return new YamlDocuments(roots, Optional.ofNullable(error));
  }

  private static void readInto(List<YamlNode> roots, YamlChunk chunk) throws YamlError {
    if (chunk.length() > YamlLimits.DOCUMENT_BYTES) {
      throw new YamlError(
          new Position(chunk.firstLine(), 1),
          "the document is larger than 1 MiB; split it into files");
    }
    String text = YamlText.decode(chunk);
    Parser events = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
    while (events.hasNext()) {
      if (events.next().getEventId() == Event.ID.DocumentStart) {
        new TreeBuilder(events, chunk.firstLine()).document().ifPresent(roots::add);
      }
    }
  }

  static Position position(Optional<Mark> mark, int firstLine) {
    return mark.map(m -> new Position(m.getLine() + firstLine, m.getColumn() + 1))
        .orElse(new Position(firstLine, 1));
  }
}
