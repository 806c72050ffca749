package io.crontopus.query.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.past.RecordedLife.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API answered is what it answers when it is asked again, as of then. */
class TimeTravelIT {

  private static final int STEPS = 50;
  private static final int SOME = 200;

  /**
   * What was answered.
   *
   * @param asked when
   */
  private record Recorded(Instant asked, String path, int status, String body) {}

  private final String tenant = Platform.get().newTenant();
  private final Api api = Api.of(Platform.get().token(tenant));
  private PastPlatform platform;

  @BeforeEach
  void start() {
    platform = new PastPlatform();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void answersAreThoseThatWereGiven() throws InterruptedException {
    Instant before = PastPlatform.moment();
    List<Recorded> answers = new ArrayList<>();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread others = Thread.ofVirtual().start(() -> liveElsewhere(isOver));
    try {
      // Has results that are replaced while their runs are the latest, and heartbeats that are not
      // told of at once.
      RecordedLife life = new RecordedLife(tenant, 366);
      Instant now = PastPlatform.after(before);
      for (int i = 0; i < STEPS; i++) {
        platform.append(life.next(now), now);
        platform.caughtUp();
        Instant moment = PastPlatform.moment();
        paths().forEach(path -> answers.add(recorded(moment, path)));
        now = PastPlatform.after(moment);
      }
    } finally {
      isOver.set(true);
      others.join();
    }
    assertThat(platform.parked()).isZero();
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSizeGreaterThan(1_000);
    assertSame(answers.subList(answers.size() - SOME, answers.size()));

    await().untilAsserted(() -> assertThat(PastPlatform.timelineEntries()).isPositive());
    for (String projection : List.of("jobs", "endpoints", "commits", "runs")) {
      platform.rebuild(projection);
    }
    assertSame(answers);

    for (String list : List.of("/api/jobs", "/api/endpoints")) {
      assertThat(api.get(list, "as_of", before.toString()).text())
          .as("before the beginning")
          .contains("[]");
    }
    assertThat(api.get("/api/endpoints/e1", "as_of", before.toString()).status()).isEqualTo(404);
  }

  private void liveElsewhere(AtomicBoolean isOver) {
    String other = Platform.get().newTenant();
    RecordedLife life = new RecordedLife(other, 8);
    Random random = new Random(9);
    while (!isOver.get()) {
      // a node whose clock is behind
      Instant now = PastPlatform.moment().minusMillis(random.nextInt(50));
      platform.append(life.next(now), now);
      PastPlatform.pause();
    }
  }

  private static List<String> paths() {
    List<String> paths =
        new ArrayList<>(
            List.of(
                "/api/jobs",
                "/api/jobs?limit=1000",
                "/api/jobs?status=down",
                "/api/jobs?status=up,running,new",
                "/api/jobs?namespace=ops",
                "/api/jobs?label=team=red",
                "/api/jobs?q=re",
                "/api/endpoints",
                "/api/endpoints?limit=1000",
                "/api/endpoints?status=silent",
                "/api/endpoints?status=unknown",
                "/api/endpoints?platform=linux",
                "/api/endpoints?q=web"));
    for (String job : RecordedLife.JOBS) {
      for (String namespace : RecordedLife.NAMESPACES) {
        paths.add("/api/jobs/" + namespace + "/" + job);
        paths.add("/api/jobs/" + namespace + "/" + job + "/endpoints");
      }
    }
    for (String endpoint : RecordedLife.ENDPOINTS) {
      paths.add("/api/endpoints/" + endpoint);
      paths.add("/api/endpoints/" + endpoint + "/jobs");
    }
    return paths;
  }

  private Recorded recorded(Instant moment, String path) {
    Answer answer = api.get(path);
    assertThat(answer.headers().firstValue("Crontopus-As-Of")).isEmpty();
    return new Recorded(moment, path, answer.status(), comparable(answer));
  }

  private void assertSame(List<Recorded> answers) {
    for (Recorded then : answers) {
      Answer now =
          api.get(then.path() + (then.path().contains("?") ? "&" : "?") + "as_of=" + then.asked());
      assertThat(comparable(now))
          .as("%s as of %s", then.path(), then.asked())
          .isEqualTo(then.body());
      assertThat(now.status()).isEqualTo(then.status());
      assertThat(now.headers().firstValue("Crontopus-As-Of").orElse(""))
          .startsWith(then.asked().toString().substring(0, 19))
          .matches(".+Z; position=\\d+");
    }
  }

  /** The bytes, but for what each request has of its own and what only single heartbeats know. */
  private static String comparable(Answer answer) {
    JsonNode body = answer.body();
    if (answer.status() != 200) {
      return body.get("code").asString();
    }
    List<JsonNode> endpoints = new ArrayList<>();
    if (body.has("machine_id")) {
      endpoints.add(body);
    }
    body.path("endpoints").forEach(endpoints::add);
    boolean isChanged = false;
    for (JsonNode endpoint : endpoints) {
      if (endpoint.has("machine_id")) {
        isChanged = true;
        String status = endpoint.get("status").asString();
        ((ObjectNode) endpoint).remove("spool_depth");
        if (!status.equals("silent") && !status.equals("offline")) {
          ((ObjectNode) endpoint).remove("last_seen_at");
        }
      }
    }
    return isChanged ? body.toString() : answer.text();
  }

  @Test
  void pagesGoOnAsOfTheSameMoment() {
    RecordedLife life = new RecordedLife(tenant, 11);
    Instant now = PastPlatform.moment();
    for (int i = 0; i < STEPS; i++) {
      platform.append(life.next(now), now);
    }
    platform.caughtUp();
    Instant moment = PastPlatform.moment();
    List<String> jobs = api.get("/api/jobs").texts("jobs", "job_id");
    List<String> endpoints = api.get("/api/endpoints").texts("endpoints", "endpoint_id");
    assertThat(jobs).hasSizeGreaterThan(1);
    assertThat(endpoints).hasSizeGreaterThan(1);
    List<Step> more = new ArrayList<>();
    Instant later = PastPlatform.after(moment);
    for (int i = 0; i < STEPS; i++) {
      more.addAll(life.next(later));
    }

    assertThat(paged("/api/jobs", "jobs", "job_id", moment, more, later)).isEqualTo(jobs);
    assertThat(paged("/api/endpoints", "endpoints", "endpoint_id", moment, List.of(), later))
        .isEqualTo(endpoints);
    for (String endpoint : endpoints) {
      String path = "/api/endpoints/" + endpoint + "/jobs";
      assertThat(paged(path, "jobs", "job_id", moment, List.of(), later))
          .isEqualTo(api.get(path, "as_of", moment.toString()).texts("jobs", "job_id"));
    }
  }

  /** Reads page by page, without repeating the moment; something happens after the first one. */
  private List<String> paged(
      String path, String list, String id, Instant moment, List<Step> meanwhile, Instant now) {
    Answer page = api.get(path, "as_of", moment.toString(), "limit", "1");
    List<String> ids = new ArrayList<>(page.texts(list, id));
    if (!meanwhile.isEmpty()) {
      platform.append(meanwhile, now);
      platform.caughtUp();
    }
    while (!page.nextCursor().isEmpty()) {
      String header = page.headers().firstValue("Crontopus-As-Of").orElse("");
      page = api.get(path, "limit", "1", "cursor", page.nextCursor());
      assertThat(page.headers().firstValue("Crontopus-As-Of")).contains(header);
      ids.addAll(page.texts(list, id));
    }
    return ids;
  }

  @Test
  void aTenantSeesOnlyItsOwnPast() {
    RecordedLife life = new RecordedLife(tenant, 12);
    Instant now = PastPlatform.moment();
    for (int i = 0; i < STEPS; i++) {
      platform.append(life.next(now), now);
    }
    platform.caughtUp();
    String moment = PastPlatform.moment().toString();
    String job = api.get("/api/jobs", "as_of", moment).texts("jobs", "name").getFirst();
    Api stranger = Api.of(Platform.get().token(Platform.get().newTenant()));

    assertThat(stranger.get("/api/jobs", "as_of", moment).body().get("jobs")).isEmpty();
    assertThat(stranger.get("/api/endpoints", "as_of", moment).body().get("endpoints")).isEmpty();
    for (String namespace : RecordedLife.NAMESPACES) {
      for (String path : List.of("", "/endpoints")) {
        assertThat(
                stranger.get("/api/jobs/" + namespace + "/" + job + path, "as_of", moment).status())
            .isEqualTo(404);
      }
    }
    for (String endpoint : RecordedLife.ENDPOINTS) {
      assertThat(stranger.get("/api/endpoints/" + endpoint, "as_of", moment).status())
          .isEqualTo(404);
      assertThat(stranger.get("/api/endpoints/" + endpoint + "/jobs", "as_of", moment).status())
          .isEqualTo(404);
    }
  }

  @Test
  void whatDependsOnTheClockIsComputedForThatMoment() {
    Instant now = PastPlatform.moment();
    platform.append(List.of(RecordedLife.everyMinute(tenant, now)), now);
    platform.caughtUp();
    Instant moment = PastPlatform.moment();

    assertThat(
            api.get("/api/jobs", "as_of", moment.toString())
                .texts("jobs", "next_run_at")
                .getFirst())
        .isEqualTo(
            moment
                .truncatedTo(ChronoUnit.MINUTES)
                .plusSeconds(60)
                .toString()
                .replace("Z", ".000Z"));
  }
}
