package io.crontopus.query.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.identity.Scope;
import io.crontopus.identity.SecretToken;
import io.crontopus.query.Api;
import io.crontopus.query.Platform;
import io.crontopus.query.Stream;
import io.crontopus.query.Stream.Event;
import io.crontopus.query.Tables;
import io.crontopus.web.stream.OpenStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Changes as server-sent events, from a real database over a real server. */
class StreamIT {

  private static final String ALL = "runs,endpoints,jobs";

  private String tenant;
  private Tables tables;
  private Api api;

  @BeforeEach
  void newTenant() {
    tenant = Platform.get().newTenant();
    tables = new Tables(tenant);
    api = Api.of(Platform.get().token(tenant));
  }

  @Test
  void tellsWhatChangedInTheShapeOfTheLists() {
    try (Stream stream = open(ALL)) {
      tables.run("r1", "default", "backup", "e1", "failure", Instant.now());
      tables.endpoint("e1", "web-01", "h", "linux");
      tables.job("j1", "default", "backup", "{}", true, false);
      tables.changed("runs", "r1");
      tables.changed("endpoints", "e1");
      long last = tables.changed("jobs", "j1");
      tables.changed("weather", "x");

      await().until(() -> stream.events().size() == 3);

      Event run = event(stream, "runs");
      assertThat(run.data())
          .contains(
              "\"key\":\"r1\"", "\"run_id\":\"r1\"", "\"status\":\"failure\"", "\"output\":null");
      assertThat(event(stream, "endpoints").data()).contains("\"endpoint_id\":\"e1\"");
      assertThat(event(stream, "jobs").data()).contains("\"next_run_at\":");
      assertThat(Long.parseLong(stream.lastId())).isGreaterThanOrEqualTo(last);
    }
  }

  @Test
  void endsWhenTheTenantIsSuspendedAndNobodyElses() {
    Api neighbour = Api.of(Platform.get().token(Platform.get().newTenant()));
    try (Stream stream = open(ALL);
        Stream unaffected = Stream.open(neighbour, ALL, "")) {
      await().until(() -> !stream.lastId().isEmpty() && !unaffected.lastId().isEmpty());
      Platform.get()
          .jdbc()
          .sql("UPDATE identity.tenant SET state = 'suspended' WHERE tenant_id = ?")
          .param(tenant)
          .update();

      await().atMost(Duration.ofMillis(1_500)).until(stream::ended);

      assertThat(unaffected.ended()).isFalse();
      try (Stream again = Stream.open(api, ALL, "")) {
        assertThat(again.status()).isEqualTo(403);
      }
    }
  }

  @Test
  void endsWithItsCredential() {
    try (Stream stream = open(ALL);
        Stream other = Stream.open(Api.of(Platform.get().token(tenant)), ALL, "")) {
      tables.job("j1", "default", "backup", "{}", true, false);
      tables.changed("jobs", "j1");
      await().until(() -> !stream.events().isEmpty() && !other.events().isEmpty());

      Platform.get()
          .jdbc()
          .sql("UPDATE identity.api_token SET revoked_at = now() WHERE token_hash = ?")
          .param(SecretToken.hash(api.token()))
          .update();
      Platform.get().bean(OpenStreams.class).changed(caller -> caller.tenantId().equals(tenant));

      await().atMost(Duration.ofSeconds(1)).until(stream::ended);
      assertThat(other.ended()).isFalse();
    }
  }

  @Test
  void aStreamThatWasLetInByWhatWasKnownASecondAgoEndsAtOnce() {
    assertThat(api.get("/api/runs").status()).isEqualTo(200);
    Platform.get()
        .jdbc()
        .sql("UPDATE identity.app_user SET role = 'viewer' WHERE tenant_id = ?")
        .param(tenant)
        .update();

    try (Stream stream = open(ALL)) {
      await().atMost(Duration.ofSeconds(1)).until(stream::ended);
    }
  }

  @Test
  void tellsNothingOfOtherTenantsAndTopics() {
    Tables other = new Tables(Platform.get().newTenant());
    try (Stream stream = open("runs")) {
      other.run("r1", "default", "backup", null, "success", Instant.now());
      other.changed("runs", "r1");
      tables.job("j1", "default", "backup", "{}", true, false);
      tables.changed("jobs", "j1");
      tables.run("r2", "default", "backup", null, "success", Instant.now());
      tables.changed("runs", "r2");

      await().until(() -> !stream.events().isEmpty());

      assertThat(stream.events()).hasSize(1);
      assertThat(stream.events().getFirst().data()).contains("\"key\":\"r2\"");
    }
  }

  @Test
  void manyChangesOfOneResourceBecomeFewEventsWithItsLatestState() {
    try (Stream stream = open("runs")) {
      tables.run("r1", "default", "backup", null, "success", Instant.now());
      long last = 0;
      for (int i = 0; i < 200; i++) {
        last = tables.changed("runs", "r1");
      }
      String lastId = Long.toString(last);
      await().until(() -> stream.lastId().equals(lastId));

      assertThat(stream.events()).hasSizeLessThan(20);
    }
  }

  @Test
  void whatIsGoneIsSaidToBeDeleted() {
    try (Stream stream = open("jobs")) {
      tables.changed("jobs", "gone");

      await().until(() -> !stream.events().isEmpty());

      assertThat(stream.events().getFirst().data())
          .isEqualTo("{\"key\":\"gone\",\"deleted\":true}");
    }
  }

  @Test
  void resumesOnAnyNode() {
    String cursor;
    try (Stream stream = open("runs")) {
      tables.run("r1", "default", "backup", null, "success", Instant.now());
      tables.changed("runs", "r1");
      await().until(() -> stream.events().size() == 1);
      cursor = stream.lastId();
    }
    for (int i = 2; i <= 4; i++) {
      tables.run("r" + i, "default", "backup", null, "success", Instant.now());
      tables.changed("runs", "r" + i);
    }

    try (ConfigurableApplicationContext node = Platform.get().node();
        Stream resumed = Stream.open(new Api(Platform.port(node), api.token()), "runs", cursor)) {
      await().until(() -> resumed.events().stream().anyMatch(e -> e.data().contains("\"r4\"")));
      assertThat(resumed.events()).extracting(Event::name).containsOnly("runs");
      assertThat(keysFrom(resumed, "r2")).containsExactly("r2", "r3", "r4");
      tables.changed("runs", "r1");
      await().until(() -> resumed.events().getLast().data().contains("\"r1\""));
    }
  }

  @Test
  void resumesByParameter() {
    tables.run("r1", "default", "backup", null, "success", Instant.now());
    long before = tables.changed("runs", "other");
    tables.changed("runs", "r1");

    try (Stream resumed = Stream.open(api, "runs&last_event_id=" + before, "")) {
      await().until(() -> resumed.events().stream().anyMatch(e -> e.data().contains("\"r1\"")));
    }
  }

  @Test
  void cursorsThatAreTooOldOrNoneOfOursBeginWithAReset() {
    for (String cursor : List.of("nonsense", "-5", "99999999999", "99999999999999999999999")) {
      try (Stream stream = Stream.open(api, "runs", cursor)) {
        await().until(() -> !stream.events().isEmpty());

        assertThat(stream.events().getFirst().name()).isEqualTo("reset");
        String key = "after-" + stream.lastId();
        tables.changed("runs", key);
        await().until(() -> stream.events().size() == 2);
        assertThat(stream.events().getLast().data()).contains(key);
      }
    }
  }

  @Test
  void aChangeThatBecomesVisibleLateIsNotLost() throws SQLException {
    try (Stream stream = open("runs");
        Connection slow = Platform.get().dataSource().getConnection()) {
      slow.setAutoCommit(false);
      long early = changed(slow, "early");
      long late = tables.changed("runs", "late");
      await().until(() -> stream.events().size() == 1);
      assertThat(early).isLessThan(late);

      slow.commit();
      slow.setAutoCommit(true);

      await().until(() -> stream.events().size() == 2);
      assertThat(stream.events().getLast().data()).contains("\"early\"");
      assertThat(stream.lastId()).isEqualTo(Long.toString(late));
    }
  }

  @Test
  void aChangeThatBecomesVisibleAfterItsWatcherWentAwayIsNotLost() throws SQLException {
    String cursor;
    try (Connection slow = Platform.get().dataSource().getConnection()) {
      slow.setAutoCommit(false);
      long early = changed(slow, "early");
      try (PreparedStatement longAgo =
          slow.prepareStatement(
              "UPDATE read_model.ui_change SET changed_at = now() - interval '1 minute' WHERE id = ?")) {
        longAgo.setLong(1, early);
        longAgo.executeUpdate();
      }
      try (Stream stream = open("runs")) {
        tables.changed("runs", "late");
        await().until(() -> stream.events().size() == 1);
        cursor = stream.lastId();
        assertThat(Long.parseLong(cursor)).isLessThan(early);
      }
      slow.commit();
      slow.setAutoCommit(true);
    }

    try (Stream resumed = Stream.open(api, "runs", cursor)) {
      await().until(() -> keysFrom(resumed, "early").contains("early"));
      assertThat(resumed.events()).extracting(Event::name).containsOnly("runs");
    }
  }

  @Test
  void aQuietStreamIsShownToBeAliveWithACursor() {
    try (Stream stream = open("runs")) {
      await().until(() -> !stream.lastId().isEmpty());

      tables.changed("jobs", "unwatched");
      long last = tables.changed("jobs", "unwatched, too");

      await().atMost(Duration.ofSeconds(15)).until(() -> Long.parseLong(stream.lastId()) >= last);
      assertThat(stream.events()).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotReadIsResetAndCostsTheOthersNothing() throws IOException {
    try (ConfigurableApplicationContext node =
            Platform.get().node("crontopus.query.stream-buffer=20");
        Socket slow = new Socket();
        Stream fast = Stream.open(new Api(Platform.port(node), api.token()), "runs", "")) {
      slow.setReceiveBufferSize(4_096);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), Platform.port(node)));
      slow.getOutputStream()
          .write(
              "GET /api/stream?topics=runs HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n"
                  .formatted(api.token())
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(slow.getInputStream(), StandardCharsets.ISO_8859_1), 16);
      assertThat(answer.readLine()).contains("200");

      for (int wave = 1; wave <= 20; wave++) {
        addLargeRuns("wave-" + wave + "-", 10);
        int told = wave * 10;
        await().until(() -> fast.events().size() == told);
      }

      assertThat(fast.events()).extracting(Event::name).containsOnly("runs");
      slow.setSoTimeout(20_000);
      assertThat(answer.lines().anyMatch(line -> line.equals("event:reset"))).isTrue();
    }
  }

  @Test
  void manyChangesThatAreNotToldOneByOneAreAReset() {
    // Of none of their topics: who comes is also told what was not read by then.
    long before = tables.changed("endpoints", "e0");
    try (Stream runs = open("runs");
        Stream jobs = open("jobs")) {
      tables.changed("runs", "*");
      tables.changed("jobs", "j1");
      await().until(() -> !runs.events().isEmpty() && !jobs.events().isEmpty());

      assertThat(runs.events()).extracting(Event::name).containsExactly("reset");
      assertThat(jobs.events()).extracting(Event::name).containsExactly("jobs");
    }
    try (Stream resumed = Stream.open(api, "runs", Long.toString(before))) {
      await().until(() -> !resumed.events().isEmpty());

      assertThat(resumed.events().getFirst().name()).isEqualTo("reset");
    }
  }

  @Test
  void eachTopicNeedsItsScope() {
    Api runs = Api.of(Platform.get().token(tenant, Scope.READ_RUNS));

    assertThat(runs.get("/api/stream?topics=jobs").status()).isEqualTo(403);
    assertThat(runs.get("/api/stream").status()).isEqualTo(403);
    assertThat(runs.get("/api/stream?topics=weather").status()).isEqualTo(400);
    try (Stream stream = Stream.open(runs, "runs", "")) {
      assertThat(stream.status()).isEqualTo(200);
    }
  }

  private Stream open(String topics) {
    Stream stream = Stream.open(api, topics, "");
    assertThat(stream.status()).isEqualTo(200);
    return stream;
  }

  private void addLargeRuns(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      tables.run(prefix + i, "default", "backup", null, "failure", Instant.now());
    }
    Platform.get()
        .jdbc()
        .sql(
            """
            UPDATE read_model.run SET error_message = repeat('much to tell ', 20000)
            WHERE tenant_id = ? AND run_id LIKE ?
            """)
        .params(tenant, prefix + "%")
        .update();
    for (int i = 0; i < count; i++) {
      tables.changed("runs", prefix + i);
    }
  }

  private long changed(Connection connection, String key) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO read_model.ui_change (tenant_id, topic, key) VALUES (?, 'runs', ?) RETURNING id")) {
      insert.setString(1, tenant);
      insert.setString(2, key);
      try (ResultSet id = insert.executeQuery()) {
        id.next();
        return id.getLong(1);
      }
    }
  }

  private static Event event(Stream stream, String name) {
    return stream.events().stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> keysFrom(Stream stream, String first) {
    return stream.events().stream()
        .map(e -> e.data().replaceAll(".*\"key\":\"([^\"]*)\".*", "$1"))
        .dropWhile(key -> !key.equals(first))
        .toList();
  }
}
