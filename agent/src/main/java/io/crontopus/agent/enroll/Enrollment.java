package io.crontopus.agent.enroll;

import io.crontopus.agent.AgentVersion;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.ConfigFile;
import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import io.crontopus.agent.platform.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes this machine an endpoint: trades an enrollment token for the endpoint's own. */
final class Enrollment {

  /**
   * What is asked for.
   *
   * @param caFile absent: the one from before
   * @param name absent: the one from before, else the host's
   * @param labels added to those from before
   * @param machineId absent: the machine's
   */
  record Request(
      URI server,
      Optional<Path> caFile,
      Optional<String> name,
      Map<String, String> labels,
      Optional<String> machineId) {}

  private final DataDir data;
  private final Host host;

  Enrollment(DataDir data, Host host) {
    this.data = data;
    this.host = host;
  }

  Endpoint enroll(Request request, String enrollmentToken)
      throws IOException, PlatformException, InterruptedException {
    data.create();
    AgentConfig config = config(request);
    if (config.caFile().isPresent()) {
      Trust.only(config.caFile().get());
    }
    String machineId =
        request.machineId().isPresent()
            ? request.machineId().get()
            : new MachineId().find(data, host.user());
    try (PlatformClient client = new PlatformClient(request.server(), () -> enrollmentToken)) {
      ObjectNode body = client.json().createObjectNode();
      body.put("name", config.name());
      body.put("hostname", host.hostname());
      body.put("machine_id", machineId);
      body.put("platform", host.platform());
      body.put("version", AgentVersion.VERSION);
      ObjectNode labels = body.putObject("labels");
      config.labels().forEach(labels::put);
      return store(config, client.post("/api/endpoints/enroll", body));
    }
  }

  private AgentConfig config(Request request) throws IOException {
    Optional<AgentConfig> before =
        Files.exists(data.config()) ? Optional.of(ConfigFile.read(data)) : Optional.empty();
    Map<String, String> labels = new TreeMap<>(before.map(AgentConfig::labels).orElse(Map.of()));
    labels.putAll(request.labels());
    String name =
        request
            .name()
            .or(() -> before.map(AgentConfig::name).filter(n -> !n.isBlank()))
            .orElse(host.hostname());
    Optional<Path> caFile = request.caFile().or(() -> before.flatMap(AgentConfig::caFile));
    return before
        .orElseGet(() -> AgentConfig.defaults(request.server(), name, labels))
        .enrolledAs(request.server(), caFile, name, labels);
  }

  private Endpoint store(AgentConfig config, JsonNode answer) throws IOException {
    String token = answer.path("token").asString("");
    String id = answer.path("endpoint_id").asString("");
    String tenant = answer.path("tenant_id").asString("");
    String git = answer.path("git_repo_url").asString("");
    if (token.isEmpty() || id.isEmpty() || git.isEmpty()) {
      throw new IOException("the platform's answer lacks endpoint_id, token or git_repo_url");
    }
    URI gitUrl = config.server().resolve(git);
    Endpoint endpoint =
        new Endpoint(
            id,
            tenant.isEmpty() ? tenantOf(gitUrl) : tenant,
            gitUrl,
            answer.path("git_branch").asString("main"));
    AtomicFile.write(data.token(), token + "\n");
    endpoint.write(data);
    ConfigFile.write(data, config);
    return endpoint;
  }

  /** The tenant is the path's part before the repository: {@code /git/{tenant}/…}. */
  private static String tenantOf(URI gitUrl) {
    String[] parts = gitUrl.getPath().split("/");
    return parts.length < 2 ? "" : parts[parts.length - 2];
  }
}
