package io.crontopus.agent.status;

import io.crontopus.agent.ExitCodes;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.ConfigException;
import io.crontopus.agent.config.ConfigFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.data.InstanceLock;
import io.crontopus.agent.enroll.Endpoint;
import io.crontopus.agent.spool.Spool;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code agent status}. */
@Command(
    name = "status",
    description = "Show what the agent on this machine is doing.",
    footer = {
      "",
      "Exit status 0 when the agent is running and everything works, else 1.",
      "",
      "Example:",
      "  agent status --data /var/lib/crontopus -o json"
    })
public final class StatusCommand implements Callable<Integer> {

  enum Format {
    table,
    json
  }

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
  Path data = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "table or json.")
  Format format = Format.table;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    DataDir folder = DataDir.at(data);
    if (!Endpoint.isEnrolled(folder)) {
      return ExitCodes.fail(spec, ExitCodes.NOT_FOUND, folder.root() + " is not enrolled");
    }
    try {
      ObjectNode status = status(folder);
      PrintWriter out = spec.commandLine().getOut();
      switch (format) {
        case json -> out.println(status.toPrettyString());
        case table -> print(status, out);
      }
      return isWell(status) ? ExitCodes.OK : ExitCodes.FAILED;
    } catch (ConfigException | IOException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode status(DataDir folder) throws IOException {
    Endpoint endpoint = Endpoint.read(folder);
    AgentConfig config = ConfigFile.read(folder);
    ObjectNode status = JsonMapper.builder().build().createObjectNode();
    status.put("endpoint_id", endpoint.id());
    status.put("tenant_id", endpoint.tenantId());
    status.put("name", config.name());
    status.put("server", config.server().toString());
    status.put("running", isRunning(folder));
    status.put("spool_depth", new Spool(folder).depth());
    Optional<JsonNode> daemon = AgentStatus.read(folder);
    if (daemon.isPresent()) {
      daemon.get().properties().forEach(entry -> status.set(entry.getKey(), entry.getValue()));
    }
    return status;
  }

  private static boolean isRunning(DataDir folder) throws IOException {
    Optional<InstanceLock> lock = InstanceLock.tryAcquire(folder);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private static boolean isWell(JsonNode status) {
    return status.path("running").asBoolean(false)
        && status.path("sync_problem").isNull()
        && status.path("platform_problem").isNull();
  }

  private static void print(JsonNode status, PrintWriter out) {
    line(out, "endpoint", text(status, "endpoint_id") + " (" + text(status, "name") + ")");
    line(out, "server", text(status, "server"));
    boolean running = status.path("running").asBoolean(false);
    line(
        out,
        "agent",
        running
            ? "running, pid " + text(status, "pid") + ", since " + text(status, "started_at")
            : "not running");
    line(out, "scheduler", text(status, "scheduler"));
    line(out, "commit", text(status, "applied_commit"));
    line(out, "last sync", text(status, "sync_ok_at") + problem(status, "sync_problem"));
    line(out, "platform", text(status, "platform_ok_at") + problem(status, "platform_problem"));
    line(out, "spool", text(status, "spool_depth") + " records waiting");
    out.println();
    for (JsonNode job : status.path("report").path("instances")) {
      out.printf(
          "%-8s %-40s next %s%s%n",
          text(job, "state"),
          text(job, "namespace") + "/" + text(job, "name"),
          text(job, "next_run_at"),
          problem(job, "message"));
    }
  }

  private static void line(PrintWriter out, String what, String value) {
    out.printf("%-10s %s%n", what, value);
  }

  private static String problem(JsonNode node, String field) {
    String problem = node.path(field).asString("");
    return problem.isEmpty() ? "" : " (" + problem + ")";
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asString("");
    return text.isEmpty() ? "-" : text;
  }
}
