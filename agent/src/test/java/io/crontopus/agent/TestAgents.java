package io.crontopus.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.data.DataDir;
import io.crontopus.manifest.JobManifest;
import io.crontopus.manifest.ManifestParser;
import io.crontopus.manifest.ParsedManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Parts that many tests need. */
public final class TestAgents {

  public static final String TENANT = "t-1";

  private TestAgents() {}

  /** A data folder below a temporary one; its name has a blank and a percent sign on purpose. */
  public static DataDir data(Path temp) throws IOException {
    DataDir data = DataDir.at(temp.resolve("agent 100%"));
    data.create();
    return data;
  }

  public static AgentConfig config() {
    return AgentConfig.defaults(URI.create("http://127.0.0.1:1"), "test", Map.of());
  }

  /** A job in namespace default; {@code spec} is indented YAML of the spec's fields. */
  public static JobManifest job(String name, String spec) {
    String yaml =
        "apiVersion: v1\nkind: Job\nmetadata: {name: " + name + "}\nspec:\n" + spec.indent(2);
    ParsedManifest parsed = ManifestParser.parse("default/" + name + ".yaml", yaml.getBytes(UTF_8));
    if (!parsed.isValid()) {
      throw new IllegalArgumentException(parsed.problems().toString());
    }
    return parsed.jobs().getFirst();
  }
}
