package io.crontopus.agent.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.agent.FakePlatform;
import io.crontopus.agent.TestAgents;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.spool.Spool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ShipperTest {

  private static final long STARTED = 1_800_000_000_000L;

  @TempDir Path temp;
  private DataDir data;
  private Spool spool;
  private FakePlatform platform;
  private PlatformClient client;
  private Shipper shipper;

  @BeforeEach
  void start() throws IOException {
    data = TestAgents.data(temp);
    spool = new Spool(data);
    platform = new FakePlatform();
    client = new PlatformClient(platform.url(), () -> "ep_secret");
    shipper = new Shipper(spool, client);
  }

  @AfterEach
  void stop() {
    client.close();
    platform.close();
  }

  @Test
  void sendsRunsInOrderAndThenForgetsThem() throws Exception {
    for (int i = 0; i < 450; i++) {
      run(i, 0);
    }

    assertThat(shipper.ship()).isEqualTo(new Shipper.Outcome.Empty());

    assertThat(platform.checkins).hasSize(900);
    assertThat(platform.checkins.stream().map(c -> c.path("run_id").asString()))
        .containsExactlyElementsOf(
            IntStream.range(0, 900).mapToObj(i -> "run-%04d".formatted(i / 2)).toList());
    assertThat(spool.list()).isEmpty();
    assertThat(data.spool().resolve("output")).isEmptyDirectory();
    assertThat(platform.tokens).containsOnly("Bearer ep_secret");
  }

  @Test
  void tellsAllThatIsKnownAboutARun() throws Exception {
    run(7, 3);

    shipper.ship();

    JsonNode start = platform.checkins.get(0);
    assertThat(start.toString())
        .isEqualTo(
            """
            {"job_name":"backup","namespace":"default","job_id":"j-1","run_id":"run-0007",\
            "commit":"c0ffee","started_at":"2027-01-15T08:00:07.000Z","status":"running"}""");
    JsonNode end = platform.checkins.get(1);
    assertThat(end.path("status").asString()).isEqualTo("failure");
    assertThat(end.path("exit_code").asInt()).isEqualTo(3);
    assertThat(end.path("duration").asDouble()).isEqualTo(0.25);
    assertThat(end.path("finished_at").asString()).isEqualTo("2027-01-15T08:00:07.250Z");
    assertThat(end.path("output").asString()).isEqualTo("said [redacted]\n");
    assertThat(end.path("output_truncated").asBoolean()).isFalse();
    assertThat(end.path("error_message").asString()).isEqualTo("exit status 3");
  }

  @Test
  void keepsEverythingWhileThePlatformIsAway() throws Exception {
    run(1, 0);
    try (PlatformClient nowhere =
        new PlatformClient(URI.create("http://127.0.0.1:1"), () -> "ep_secret")) {
      assertThat(new Shipper(spool, nowhere).ship()).isInstanceOf(Shipper.Outcome.Later.class);
    }
    assertThat(spool.depth()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 500, 503})
  void keepsEverythingWhenTheWholeRequestFails(int status) throws Exception {
    run(1, 0);
    platform.answerNext(FakePlatform.Answer.of(status));

    assertThat(shipper.ship()).isInstanceOf(Shipper.Outcome.Later.class);
    assertThat(spool.depth()).isEqualTo(2);

    assertThat(shipper.ship()).isEqualTo(new Shipper.Outcome.Empty());
    assertThat(platform.checkins).hasSize(2);
  }

  @Test
  void leavesThePlatformAloneAsLongAsItAsks() throws Exception {
    run(1, 0);
    platform.answerNext(new FakePlatform.Answer(429, "", "17"));

    Shipper.Outcome outcome = shipper.ship();

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Shipper.Outcome.Later.class,
            later -> assertThat(later.pause()).isEqualTo(Optional.of(Duration.ofSeconds(17))));
  }

  @Test
  void putsAsideWhatThePlatformWillNeverTake() throws Exception {
    run(1, 0);
    run(2, 0);
    platform.judge = c -> c.path("run_id").asString().equals("run-0001") ? 422 : 201;

    assertThat(shipper.ship()).isEqualTo(new Shipper.Outcome.Empty());

    assertThat(platform.checkins).hasSize(2);
    assertThat(spool.list()).isEmpty();
    try (var files = Files.list(data.spool().resolve("rejected"))) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      assertThat(names).hasSize(4);
      assertThat(data.spool().resolve("rejected").resolve(names.get(1))).content().contains("422");
    }
  }

  @Test
  void keepsWhatThePlatformCannotTakeNow() throws Exception {
    run(1, 0);
    run(2, 0);
    platform.judge = c -> c.path("run_id").asString().equals("run-0001") ? 503 : 201;

    assertThat(shipper.ship()).isInstanceOf(Shipper.Outcome.Later.class);
    assertThat(spool.depth()).isEqualTo(2);

    platform.judge = c -> 200;
    shipper.ship();
    assertThat(spool.depth()).isZero();
  }

  @Test
  void findsTheOneThatSpoilsABatch() throws Exception {
    for (int i = 0; i < 5; i++) {
      run(i, 0);
    }
    // The batches of 10, 5, 2 and 1 are refused as a whole: only the first record is at fault.
    platform.answerNext(
        FakePlatform.Answer.of(413),
        FakePlatform.Answer.of(413),
        FakePlatform.Answer.of(413),
        FakePlatform.Answer.of(413));

    assertThat(shipper.ship()).isEqualTo(new Shipper.Outcome.Empty());

    assertThat(platform.checkins).hasSize(9);
    assertThat(data.spool().resolve("rejected")).isNotEmptyDirectory();
  }

  @Test
  void putsAsideWhatIsNoRecord() throws Exception {
    Files.writeString(spool.inbox().resolve("1-broken"), "{");
    Files.writeString(spool.inbox().resolve("2-empty"), "");
    run(1, 0);

    assertThat(shipper.ship()).isEqualTo(new Shipper.Outcome.Empty());

    assertThat(platform.checkins).hasSize(2);
    assertThat(spool.list()).isEmpty();
  }

  @Test
  void judgesRunsThatWereTooFast() throws Exception {
    record(3, "1", ",\"min_runtime_ms\":1000", ",\"exit_code\":0");

    shipper.ship();

    assertThat(platform.checkins.getFirst().path("status").asString()).isEqualTo("failure");
    assertThat(platform.checkins.getFirst().path("error_message").asString())
        .contains("minRuntime");
  }

  private void run(int number, int exitCode) throws IOException {
    Files.writeString(
        data.spool().resolve("output").resolve("run-%04d".formatted(number)),
        "said password=hunter2\n");
    record(number, "0", "", null);
    record(number, "1", "", ",\"exit_code\":" + exitCode);
  }

  private void record(int number, String part, String settings, @Nullable String end)
      throws IOException {
    long started = STARTED + number * 1000L;
    String text =
        """
        {"job_id":"j-1","namespace":"default","name":"backup","max_bytes":10000,\
        "redact":["password=\\\\S+"]%s,"commit":"c0ffee","run_id":"run-%04d","type":"%s",\
        "started_ms":%d%s}
        """
            .formatted(
                settings,
                number,
                end == null ? "start" : "finish",
                started,
                end == null ? "" : ",\"finished_ms\":" + (started + 250) + end);
    Files.writeString(
        spool.inbox().resolve("%d-run-%04d-%s".formatted(started, number, part)), text);
  }
}
