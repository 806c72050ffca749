package io.crontopus.query.live;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what resources are now, as the tenant may see them, in the shape of the lists. */
public final class ResourceReader {

  /** Reads the resources of one topic: those that exist, by id. */
  @FunctionalInterface
  public interface ByIds {
    Mono<? extends Map<String, ?>> read(String tenantId, Collection<String> ids);
  }

  private final JsonMapper json;
  private final Map<Topic, ByIds> readers;

  public ResourceReader(JsonMapper json, Map<Topic, ByIds> readers) {
    this.json = json;
    this.readers = new EnumMap<>(readers);
  }

  /** The data of each of these resources; what is no longer there has {@code "deleted": true}. */
  Mono<Map<Resource, String>> read(String tenantId, Collection<Resource> resources) {
    Map<Topic, List<String>> ids =
        resources.stream()
            .collect(
                Collectors.groupingBy(
                    Resource::topic,
                    () -> new EnumMap<>(Topic.class),
                    Collectors.mapping(Resource::key, Collectors.toList())));
    return Flux.fromIterable(ids.entrySet())
        .concatMap(entry -> read(tenantId, entry.getKey(), entry.getValue()))
        .collect(LinkedHashMap::new, Map::putAll);
  }

  private Mono<Map<Resource, String>> read(String tenantId, Topic topic, List<String> ids) {
    ByIds reader = readers.get(topic);
    if (reader == null) {
      throw new IllegalStateException("nothing reads " + topic);
    }
    return reader
        .read(tenantId, ids)
        .map(
            found ->
                ids.stream()
                    .collect(
                        Collectors.toMap(
                            id -> new Resource(topic, id), id -> data(id, found.get(id)))));
  }

  private String data(String key, @Nullable Object resource) {
    ObjectNode tree = json.createObjectNode().put("key", key);
    if (resource == null) {
      tree.put("deleted", true);
    } else {
      tree.setAll((ObjectNode) json.valueToTree(resource));
    }
    return json.writeValueAsString(tree);
  }
}
