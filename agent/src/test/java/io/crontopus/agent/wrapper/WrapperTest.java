package io.crontopus.agent.wrapper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.agent.TestAgents;
import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.data.DataDir;
import io.crontopus.manifest.JobManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The script itself, with real shells and real jobs. */
class WrapperTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path temp;
  private DataDir data;
  private AgentConfig config = TestAgents.config();

  @BeforeEach
  void install() throws IOException {
    data = TestAgents.data(temp);
    Wrapper.install(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void passesOnExitStatusAndInputAndRecordsBothEnds(String shell) throws Exception {
    String id = job("command: 'cat; echo oops >&2; exit 3'");

    assertThat(run(shell, "hello\n", id)).isEqualTo(3);

    List<JsonNode> records = records();
    assertThat(records).hasSize(2);
    assertThat(records.get(0).path("type").asString()).isEqualTo("start");
    JsonNode end = records.get(1);
    assertThat(end.path("exit_code").asInt()).isEqualTo(3);
    assertThat(end.path("name").asString()).isEqualTo("job");
    assertThat(end.path("run_id").asString())
        .isEqualTo(records.get(0).path("run_id").asString())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(end.path("finished_ms").asLong())
        .isBetween(end.path("started_ms").asLong(), System.currentTimeMillis());
    assertThat(output(end)).isEqualTo("hello\noops\n");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void keepsRecordsAndOutputPrivate(String shell) throws Exception {
    String id = job("command: 'echo secret; umask; umask 022; : > " + temp + "/made'");

    assertThat(run(shell, "", id)).isZero();

    try (Stream<Path> files = Files.walk(data.spool())) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
    assertThat(output(records().getLast())).isEqualTo("secret\n0022\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void givesTheJobItsEnvironmentAndFolder(String shell) throws Exception {
    Files.writeString(temp.resolve("token"), "s3cr't\n");
    String id =
        job(
            """
            command: 'printf "%%s|" "$PLAIN" "$TOKEN" "$PATH" "$KEPT"; pwd'
            workingDir: %s
            env: {PLAIN: "a $b 'c' %%", TOKEN: {fromFile: %s}}
            """
                .formatted(temp, temp.resolve("token")));

    int status = run(shell, "", Map.of("PATH", "/odd:/bin:/usr/bin", "KEPT", "yes"), id);

    assertThat(status).isZero();
    assertThat(output(records().getLast()))
        .isEqualTo("a $b 'c' %|s3cr't|/odd:/bin:/usr/bin|yes|" + temp.toRealPath() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void leaksNothingOfItsOwnIntoTheJobsEnvironment(String shell) throws Exception {
    run(shell, "", job("command: env"));

    assertThat(output(records().getLast())).doesNotContain("ctp_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void failsWhenASecretCannotBeRead(String shell) throws Exception {
    String id = job("command: echo ran\nenv: {TOKEN: {fromFile: /nowhere/token}}");

    assertThat(run(shell, "", id)).isEqualTo(126);

    assertThat(output(records().getLast())).contains("/nowhere/token").doesNotContain("ran");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void runsProgramsWithArgumentsAsTheyAre(String shell) throws Exception {
    String id = job("command: printf\nargs: ['[%s]', 'a b', '$HOME', \"it's\"]");

    assertThat(run(shell, "", id)).isZero();
    assertThat(output(records().getLast())).isEqualTo("[a b][$HOME][it's]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void forwardsSignalsToTheWholeJob(String shell) throws Exception {
    String id =
        job("command: 'trap \"echo bye; exit 7\" TERM; echo ready; while :; do sleep 0.05; done'");
    Process process = start(shell, Map.of(), id);
    awaitRunning();

    process.destroy();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
    assertThat(output(records().getLast())).startsWith("ready\n").endsWith("bye\n");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void saysWhichSignalEndedTheJob(String shell) throws Exception {
    assertThat(run(shell, "", job("command: 'kill -9 $$'"))).isEqualTo(137);
    assertThat(records().getLast().path("exit_code").asInt()).isEqualTo(137);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void leavesInterruptsToTheJob(String shell) throws Exception {
    // A shell starts background processes deaf to SIGINT; the job must not notice.
    String id = job("command: 'sh -c \"kill -INT \\$\\$; echo deaf\"; echo $?'");

    run(shell, "", id);

    assertThat(output(records().getLast())).isEqualTo("130\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void keepsTheLastOfAHugeOutput(String shell) throws Exception {
    String id = job("command: 'head -c 100000000 /dev/zero; printf END'");

    assertThat(run(shell, "", id)).isZero();

    JsonNode end = records().getLast();
    String output = output(end);
    assertThat(output).hasSizeBetween(10_000, 2 << 20).endsWith("\0END");
    assertThat(end.path("lost_bytes").asLong() + output.length()).isEqualTo(100_000_003L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void keepsBinaryOutput(String shell) throws Exception {
    byte[] bytes = new byte[256];
    for (int i = 0; i < 256; i++) {
      bytes[i] = (byte) i;
    }
    Files.write(temp.resolve("binary"), bytes);

    run(shell, "", job("command: cat " + temp.resolve("binary")));

    assertThat(output(records().getLast()).getBytes(ISO_8859_1)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void runsTheJobEvenWithoutASpool(String shell) throws Exception {
    String id = job("command: 'echo done > " + temp + "/witness; exit 4'");
    for (String folder : List.of("tmp", "run", "output", "new")) {
      Files.delete(data.spool().resolve(folder));
    }
    Files.delete(data.spool().resolve("rejected"));
    Files.delete(data.spool());
    Files.writeString(data.spool(), "not a folder");

    assertThat(run(shell, "", id)).isEqualTo(4);
    assertThat(temp.resolve("witness")).hasContent("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void runsTheJobWhenTheDiskIsFull(String shell) throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    String id = job("command: 'echo text; echo done > " + temp + "/witness; exit 4'");
    // Everything that the wrapper would write ends in a full device.
    Files.delete(data.spool().resolve("tmp"));
    Files.createSymbolicLink(data.spool().resolve("tmp"), Path.of("/dev/full"));

    assertThat(run(shell, "", id)).isEqualTo(4);
    assertThat(temp.resolve("witness")).hasContent("done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void endsJobsThatTakeTooLong(String shell) throws Exception {
    String id = job("command: 'echo on; sleep 30 & wait'\ncheckin: {timeout: 1}");
    long begin = System.nanoTime();

    assertThat(run(shell, "", id)).isEqualTo(143);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
    assertThat(records().getLast().path("status").asString()).isEqualTo("timeout");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void triesAgainUntilItWorks(String shell) throws Exception {
    String id =
        job(
            """
            command: 'echo x >> %1$s; test $(wc -l < %1$s) -ge 2'
            retry: {attempts: 5, delay: 1, backoff: fixed}
            """
                .formatted(temp.resolve("tries")));

    assertThat(run(shell, "", id)).isZero();

    assertThat(records()).hasSize(2);
    assertThat(records().getLast().path("attempt").asInt()).isEqualTo(2);
    assertThat(output(records().getLast())).contains("try 1 ended with exit status 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void skipsARunWhileOneIsGoing(String shell) throws Exception {
    String id = job("command: 'echo in; cat'\nconcurrency: forbid");
    Process first = start(shell, Map.of(), id);
    awaitRunning();

    assertThat(run(shell, "", id)).isZero();
    first.getOutputStream().close();
    first.waitFor();

    assertThat(ends().stream().map(end -> end.path("reason").asString("")))
        .containsExactlyInAnyOrder("overlap", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void replacesARunThatIsGoing(String shell) throws Exception {
    String id = job("command: 'echo in; cat; echo out'\nconcurrency: replace");
    Process first = start(shell, Map.of(), id);
    awaitRunning();

    assertThat(run(shell, "", id)).isZero();

    assertThat(first.waitFor()).isEqualTo(143);
    assertThat(ends().stream().map(end -> end.path("reason").asString("")))
        .containsExactlyInAnyOrder("replaced", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void doesNotWaitForWhatTheJobLeavesBehind(String shell) throws Exception {
    String id = job("command: 'echo before; sleep 20 & echo $!'");
    long begin = System.nanoTime();

    assertThat(run(shell, "", id)).isZero();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    String[] lines = output(records().getLast()).split("\n");
    assertThat(lines[0]).isEqualTo("before");
    ProcessHandle left = ProcessHandle.of(Long.parseLong(lines[1])).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroy();
    await().untilAsserted(this::assertNothingIsLeft);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void doesNothingForAPausedJob(String shell) throws Exception {
    assertThat(run(shell, "", job("command: exit 9\npaused: true"))).isZero();
    assertThat(records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void reportsNothingWhenToldNotTo(String shell) throws Exception {
    assertThat(run(shell, "", job("command: exit 9\ncheckin: {enabled: false}"))).isEqualTo(9);
    assertThat(records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void readsTheManifestsInput(String shell) throws Exception {
    String id = job("command: cat\nstdin: \"one\\ntwo % three\\n\"");

    run(shell, "ignored", id);

    assertThat(output(records().getLast())).isEqualTo("one\ntwo % three\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void alsoMailsTheOutputWhenAskedTo(String shell) throws Exception {
    config = mailing();
    String id = job("command: 'echo hello; exit 1'");
    Path mail = temp.resolve("mail");

    Process process = builder(shell, Map.of(), id).redirectOutput(mail.toFile()).start();
    process.getOutputStream().close();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output(records().getLast())).isEqualTo("hello\n");
    await().untilAsserted(() -> assertThat(mail).hasContent("hello"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void runsOnceInADueMinute(String shell) throws Exception {
    String id = job("command: echo ran");
    long minute = System.currentTimeMillis() / 60_000;
    Files.writeString(
        data.job(id).resolve("due"),
        "# test\n%d\n%d\n%d\n".formatted(minute, minute + 1, minute + 60));

    run(shell, "", id, "--if-due");
    run(shell, "", id, "--if-due");
    assertThat(ends()).hasSizeBetween(1, 2);

    Files.writeString(data.job(id).resolve("due"), "# test\n" + (minute + 60) + "\n");
    int before = ends().size();
    run(shell, "", id, "--if-due");
    assertThat(ends()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void limitsMemoryAndPriority(String shell) throws Exception {
    String id =
        job("command: 'ulimit -v; nice'\nresources: {nice: 5, memory: 512Mi, ioClass: idle}");

    run(shell, "", id);

    assertThat(output(records().getLast())).isEqualTo("524288\n5\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash"})
  void knowsNoOtherJobs(String shell) throws Exception {
    assertThat(run(shell, "", "no-such-job")).isEqualTo(127);
    assertThat(run(shell, "", "../etc")).isEqualTo(2);
  }

  private AgentConfig mailing() {
    AgentConfig base = TestAgents.config();
    return new AgentConfig(
        base.server(),
        base.caFile(),
        base.name(),
        base.labels(),
        base.scheduler(),
        base.syncInterval(),
        base.heartbeatInterval(),
        base.reportInterval(),
        base.drift(),
        base.removal(),
        true,
        base.redact(),
        base.crontab(),
        base.spool(),
        base.stopGrace(),
        base.logLevel());
  }

  private String job(String spec) throws IOException {
    JobManifest job = TestAgents.job("job", "schedule: '* * * * *'\n" + spec);
    String id = job.jobId(TestAgents.TENANT).toString();
    new JobFiles(data, config, HostTools.find()).write(job, id);
    return id;
  }

  private int run(String shell, String input, String... arguments) throws Exception {
    return run(shell, input, Map.of(), arguments);
  }

  private int run(String shell, String input, Map<String, String> env, String... arguments)
      throws Exception {
    Process process = start(shell, env, arguments);
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // The job did not read it.
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private Process start(String shell, Map<String, String> env, String... arguments)
      throws IOException {
    return builder(shell, env, arguments).start();
  }

  private ProcessBuilder builder(String shell, Map<String, String> env, String... arguments) {
    List<String> command = new ArrayList<>(List.of(shell, data.wrapper().toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(env);
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    return builder;
  }

  /** The first thing that the jobs here do is to write something. */
  private void awaitRunning() {
    await()
        .until(
            () -> {
              try (Stream<Path> outputs = Files.list(data.spool().resolve("output"))) {
                return outputs.anyMatch(file -> file.toFile().length() > 0);
              }
            });
  }

  private List<JsonNode> records() throws IOException {
    try (Stream<Path> files = Files.list(data.spool().resolve("new"))) {
      List<JsonNode> records = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        records.add(JSON.readTree(Files.readAllBytes(file)));
      }
      return records;
    }
  }

  private List<JsonNode> ends() throws IOException {
    return records().stream().filter(r -> r.path("type").asString().equals("finish")).toList();
  }

  private String output(JsonNode end) throws IOException {
    String file = end.path("output").asString("");
    return file.isEmpty()
        ? ""
        : Files.readString(data.spool().resolve("output").resolve(file), ISO_8859_1);
  }

  private void assertNothingIsLeft() {
    assertThat(data.spool().resolve("run")).isEmptyDirectory();
    assertThat(data.spool().resolve("tmp")).isEmptyDirectory();
  }
}
