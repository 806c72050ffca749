package io.crontopus.agent.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.AgentCommand;
import io.crontopus.agent.FakePlatform;
import io.crontopus.agent.config.ConfigFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class EnrollCommandTest {

  @TempDir Path temp;
  private FakePlatform platform;
  private DataDir data;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    platform.gitUrl = "/git/t-1/job-manifests.git";
    data = DataDir.at(temp.resolve("data"));
    Files.writeString(temp.resolve("token"), "cte_once\n");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void tradesTheTokenAndKeepsWhatItGets() throws Exception {
    assertThat(enroll("--name", "db-1", "--label", "role=database")).isZero();

    JsonNode request = platform.enrollments.getFirst();
    assertThat(platform.tokens).containsExactly("Bearer cte_once");
    assertThat(request.path("name").asString()).isEqualTo("db-1");
    assertThat(request.path("machine_id").asString()).matches("[0-9a-f]{32}");
    assertThat(request.path("labels").path("role").asString()).isEqualTo("database");
    assertThat(data.token()).hasContent("ep_secret");
    assertThat(mode(data.token())).isEqualTo("rw-------");
    assertThat(mode(data.root())).isEqualTo("rwx------");
    assertThat(Endpoint.read(data).gitUrl())
        .isEqualTo(platform.url().resolve("/git/t-1/job-manifests.git"));
    assertThat(Files.readString(data.config())).contains("# The platform's address.");
  }

  @Test
  void keepsTheSettingsWhenEnrollingAgain() throws Exception {
    enroll("--name", "db-1", "--label", "role=database");
    String config = Files.readString(data.config());
    Files.writeString(data.config(), config.replace("sync_interval: 60", "sync_interval: 7"));

    assertThat(enroll("--label", "zone=a")).isZero();

    assertThat(ConfigFile.read(data).syncInterval()).hasSeconds(7);
    assertThat(ConfigFile.read(data).name()).isEqualTo("db-1");
    assertThat(ConfigFile.read(data).labels()).isEqualTo(Map.of("role", "database", "zone", "a"));
    assertThat(platform.enrollments.get(1).path("machine_id"))
        .isEqualTo(platform.enrollments.get(0).path("machine_id"));
  }

  @Test
  void saysWhyItFailed() throws Exception {
    platform.answerNext(FakePlatform.Answer.of(401));
    assertThat(enroll()).isEqualTo(4);
    assertThat(err.toString()).contains("the platform answered 401: because");
    assertThat(data.token()).doesNotExist();

    platform.close();
    assertThat(enroll()).isEqualTo(5);
    assertThat(err.toString()).contains("cannot be reached");
  }

  @Test
  void refusesWhatIsNoToken() throws Exception {
    Files.writeString(temp.resolve("token"), "two words\n");

    assertThat(enroll()).isEqualTo(1);
    assertThat(err.toString()).contains("does not hold one token").doesNotContain("two words");
  }

  @Test
  void isTheSameMachineForTheSameUserOnly() throws Exception {
    Files.createDirectories(data.root());
    Files.writeString(temp.resolve("machine-id"), "0123456789abcdef0123456789abcdef\n");
    MachineId machine = new MachineId(temp);

    assertThat(machine.find(data, "root")).isEqualTo(machine.find(data, "root"));
    assertThat(machine.find(data, "root")).isNotEqualTo(machine.find(data, "backup"));

    MachineId unknown = new MachineId(temp.resolve("nowhere"));
    assertThat(unknown.find(data, "root")).isEqualTo(unknown.find(data, "root"));
  }

  private int enroll(String... more) {
    CommandLine commands = new CommandLine(new AgentCommand());
    commands.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(new StringWriter()));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "enroll",
                "--server",
                platform.url().toString(),
                "--token-file",
                temp.resolve("token").toString(),
                "--data",
                data.root().toString()));
    arguments.addAll(List.of(more));
    return commands.execute(arguments.toArray(String[]::new));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
