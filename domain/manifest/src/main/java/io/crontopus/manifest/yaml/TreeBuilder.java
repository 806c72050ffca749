package io.crontopus.manifest.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Builds the tree of one document from the parser's events; aliases count as often as they are
 * used.
 */
final class TreeBuilder {

  private record Anchored(YamlNode node, int size) {}

  private final Parser events;
  private final int firstLine;
  private final Map<Anchor, Anchored> anchors = new HashMap<>();
  private int nodes;

  TreeBuilder(Parser events, int firstLine) {
    this.events = events;
    this.firstLine = firstLine;
  }

  /**
   * The document's value; called after its start, reads to its end. Nothing for an empty document.
   */
  Optional<YamlNode> document() throws YamlError {
    Event first = events.next();
    YamlNode root = node(first, 0);
    events.next();
    boolean nothing =
        first instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().isEmpty();
    return nothing ? Optional.empty() : Optional.of(root);
  }

  private YamlNode node(Event event, int depth) throws YamlError {
    Position at = YamlDocuments.position(event.getStartMark(), firstLine);
    if (depth > YamlLimits.DEPTH) {
      throw new YamlError(at, "nested deeper than %d levels".formatted(YamlLimits.DEPTH));
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias, at);
    }
    int before = nodes;
    count(1, at);
    YamlNode node =
        switch (event) {
          case ScalarEvent scalar -> ScalarTypes.scalar(scalar, at);
          case SequenceStartEvent list -> list(list, at, depth);
          case MappingStartEvent map -> map(map, at, depth);
          default -> throw new YamlError(at, "not YAML: a value is missing");
        };
    if (event instanceof NodeEvent anchored && anchored.getAnchor().isPresent()) {
      anchors.put(anchored.getAnchor().get(), new Anchored(node, nodes - before));
    }
    return node;
  }

  private YamlNode aliased(AliasEvent alias, Position at) throws YamlError {
    @Nullable Anchored anchored = anchors.get(alias.getAlias());
    if (anchored == null) {
      throw new YamlError(
          at,
          "the alias *%s has no anchor before it, or lies inside of it; write &%s at the value that"
                  .formatted(alias.getAlias().getValue(), alias.getAlias().getValue())
              + " it stands for");
    }
    count(anchored.size(), at);
    return moved(anchored.node(), at);
  }

  /** Problems with an aliased value are shown where it is used. */
  private static YamlNode moved(YamlNode node, Position at) {
    return switch (node) {
      case YamlScalar scalar -> new YamlScalar(scalar.text(), scalar.type(), at, -1);
      case YamlList list -> new YamlList(list.items(), at);
      case YamlMap map -> new YamlMap(map.entries(), at);
    };
  }

  private void count(int more, Position at) throws YamlError {
    nodes += more;
    if (nodes > YamlLimits.NODES) {
      throw new YamlError(
          at,
          "more than %,d values, aliases written out; remove the aliases"
              .formatted(YamlLimits.NODES));
    }
  }

  private YamlList list(SequenceStartEvent start, Position at, int depth) throws YamlError {
    ScalarTypes.requireNoTag(start.getTag(), "tag:yaml.org,2002:seq", at);
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, depth + 1));
    }
    return new YamlList(items, at);
  }

  private YamlMap map(MappingStartEvent start, Position at, int depth) throws YamlError {
    ScalarTypes.requireNoTag(start.getTag(), "tag:yaml.org,2002:map", at);
    List<YamlMap.Entry> entries = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      YamlNode key = node(event, depth + 1);
      entries.add(new YamlMap.Entry(key, node(events.next(), depth + 1)));
    }
    return new YamlMap(entries, at);
  }
}
