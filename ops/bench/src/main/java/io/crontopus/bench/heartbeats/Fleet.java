package io.crontopus.bench.heartbeats;

import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.platform.BenchPlatform;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many endpoints that are enrolled as any other. */
final class Fleet {

  private static final int CONNECTIONS = 32;
  private static final Duration SLICE = Duration.ofSeconds(1);
  private static final int BATCH = 1_000;
  private static final String MACHINE =
      """
      {"name":"host-{n}","hostname":"host-{n}","machine_id":"machine-{n}","platform":"linux","version":"1.0","labels":{}}""";

  private Fleet() {}

  /**
   * Enrolls {@code count} machines or some more, and gives them tokens that are known here: those
   * which {@link EndpointToken#of} makes for the endpoint's place in the list.
   *
   * @return the ids of the first {@code count}
   */
  static List<String> enroll(BenchPlatform platform, int count)
      throws InterruptedException, SQLException {
    String token =
        platform
            .api()
            .post("/api/enrollment-tokens", Map.of("name", "bench", "max_uses", 10 * count))
            .path("token")
            .asString();
    Template request =
        Template.post(platform.address(), "/api/endpoints/enroll", token, "", List.of(MACHINE), "");
    long next = 0;
    long enrolled = 0;
    while (enrolled < count) {
      LoadResult result =
          HttpLoad.run(LoadPlan.closedLoop(platform.address(), CONNECTIONS, SLICE, next), request);
      next = result.end();
      enrolled += result.acceptedCount();
    }
    List<String> ids =
        platform
            .database()
            .texts(
                "SELECT endpoint_id FROM identity.endpoint_token WHERE tenant_id = ? ORDER BY endpoint_id LIMIT "
                    + count,
                platform.tenant());
    replaceTokens(platform, ids);
    return ids;
  }

  private static void replaceTokens(BenchPlatform platform, List<String> ids) throws SQLException {
    try (Connection connection = platform.database().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                "UPDATE identity.endpoint_token SET token_hash = ? WHERE tenant_id = ? AND endpoint_id = ?")) {
      connection.setAutoCommit(false);
      for (int i = 0; i < ids.size(); i++) {
        statement.setBytes(1, EndpointToken.of(i).hash());
        statement.setString(2, platform.tenant());
        statement.setString(3, ids.get(i));
        statement.addBatch();
        if (i % BATCH == 0) {
          statement.executeBatch();
        }
      }
      statement.executeBatch();
      connection.commit();
    }
  }

  /** What each endpoint connects as. */
  static List<LineStream.Login> logins(List<String> ids) {
    List<LineStream.Login> logins = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      logins.add(
          new LineStream.Login(
              "/api/endpoints/" + ids.get(i) + "/heartbeats", EndpointToken.of(i).secret()));
    }
    return logins;
  }
}
