package io.crontopus.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

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

  @Test
  void aMistakeOfOursIsNot() {
    Problem problem = ProblemHandler.problemOf(new IllegalStateException("a mistake"));
    assertThat(problem.status()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
    assertThat(problem.getMessage()).doesNotContain("a mistake");
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
