package io.crontopus.agent.desired;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which commit was applied last, and the last good content of the files that are broken in it: with
 * the repository, all that is needed to go on after a restart while Git is away.
 *
 * @param commit the commit
 * @param fallbacks content by path
 */
record LastGood(String commit, Map<String, byte[]> fallbacks) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Optional<LastGood> read(DataDir data) throws IOException {
    Path file = file(data);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      Map<String, byte[]> fallbacks = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : json.path("fallbacks").properties()) {
        fallbacks.put(entry.getKey(), Base64.getDecoder().decode(entry.getValue().asString("")));
      }
      String commit = json.path("commit").asString("");
      return commit.matches("[0-9a-f]{40}")
          ? Optional.of(new LastGood(commit, fallbacks))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void write(DataDir data) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("commit", commit);
    ObjectNode files = json.putObject("fallbacks");
    fallbacks.forEach(
        (path, content) -> files.put(path, Base64.getEncoder().encodeToString(content)));
    AtomicFile.writeIfChanged(file(data), json + "\n");
  }

  private static Path file(DataDir data) {
    return data.state().resolve("desired.json");
  }
}
