package io.crontopus.agent.enroll;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the platform knows this agent as.
 *
 * @param id the endpoint's id
 * @param tenantId the tenant that it belongs to
 * @param gitUrl the repository of the tenant's manifests
 * @param gitBranch the branch that counts
 */
public record Endpoint(String id, String tenantId, URI gitUrl, String gitBranch) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Whether this data folder belongs to an endpoint. */
  public static boolean isEnrolled(DataDir data) {
    return Files.exists(data.endpoint()) && Files.exists(data.token());
  }

  /** Reads what enrolling stored. */
  public static Endpoint read(DataDir data) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(data.endpoint()));
      return new Endpoint(
          json.path("endpoint_id").asString(""),
          json.path("tenant_id").asString(""),
          URI.create(json.path("git_repo_url").asString("")),
          json.path("git_branch").asString("main"));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(data.endpoint() + " is damaged; enroll again", e);
    }
  }

  void write(DataDir data) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("endpoint_id", id);
    json.put("tenant_id", tenantId);
    json.put("git_repo_url", gitUrl.toString());
    json.put("git_branch", gitBranch);
    AtomicFile.write(data.endpoint(), json.toPrettyString() + "\n");
  }
}
