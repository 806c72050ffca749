package io.crontopus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crontopus.identity.SecretToken;
import io.crontopus.web.edge.EdgeServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTest {

  @Test
  void aDatabaseOutOfReachIsSaidToBeSo() throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + closedPort() + "/crontopus";
    isUnavailable(query(new DriverManagerDataSource(url, "app", "none")));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setConnectionTimeout(250);
    config.setInitializationFailTimeout(-1);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      isUnavailable(query(pool));
      TransactionTemplate transactions =
          new TransactionTemplate(new DataSourceTransactionManager(pool));
      isUnavailable(catchThrowable(() -> transactions.executeWithoutResult(_ -> {})));
    }
  }

  @Test
  void aTextThatCannotBeIsTheRequestsFault() {
    Throwable failure =
        new IllegalStateException(
            new SQLException("invalid byte sequence for encoding \"UTF8\": 0x00", "22021"));
    assertThat(ProblemHandler.problemOf(failure).status()).isEqualTo(HttpStatus.BAD_REQUEST);
  }

  /** An answer quotes the request, and half of a surrogate pair cannot be written as JSON. */
  @Test
  void whatIsNoTextInARequestIsQuotedAsOne() {
    JsonMapper json = JsonMapper.builder().build();
    for (String body : List.of("{\"a\": \"\\ud800\"}", "{\"\\udfff\": {}}")) {
      Throwable failure =
          catchThrowable(() -> json.readValue(body, new TypeReference<Map<String, Integer>>() {}));

      Problem problem = ProblemHandler.problemOf(failure);

      assertThat(problem.status()).isEqualTo(HttpStatus.BAD_REQUEST);
      byte[] document = json.writeValueAsBytes(ProblemHandler.document(problem, ""));
      assertThat(new String(document, StandardCharsets.UTF_8)).contains("\ufffd");
    }
  }

  @Test
  void aMistakeOfOursIsNot() {
    Problem problem = ProblemHandler.problemOf(new IllegalStateException("a mistake"));
    assertThat(problem.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    assertThat(problem.getMessage()).doesNotContain("a mistake");
  }

  @Test
  void secretsInAddressesStayOutOfTheLog() throws Exception {
    String key = SecretToken.issue(SecretToken.Kind.PING);
    Logger logger = (Logger) LoggerFactory.getLogger(ProblemHandler.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    try (EdgeServer server = EdgeServer.start()) {
      logger.addAppender(log);
      assertThat(server.get("/ping/" + key + "?code=from-a-provider").statusCode()).isEqualTo(500);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getThrowableProxy()).isNull();
              assertThat(event.getFormattedMessage())
                  .startsWith("GET /ping/ctk_… failed, trace ")
                  .contains("IllegalStateException: broken", "GET \"/ping/ctk_…?…\"")
                  .doesNotContain(key.substring(4), "from-a-provider");
            });
  }

  private static Throwable query(DataSource dataSource) {
    return catchThrowable(
        () -> JdbcClient.create(dataSource).sql("SELECT 1").query(Integer.class).single());
  }

  private static void isUnavailable(Throwable failure) {
    Problem problem =
        ProblemHandler.problemOf(new IllegalStateException("somewhere deep", failure));
    assertThat(problem.status()).as("%s", failure).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(problem.code()).isEqualTo("unavailable");
    assertThat(problem.retryAfterSeconds()).isPositive();
    assertThat(problem.getMessage()).doesNotContain("127.0.0.1");
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
