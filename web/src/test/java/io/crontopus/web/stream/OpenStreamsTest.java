package io.crontopus.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crontopus.identity.AccessTokens;
import io.crontopus.identity.ApiTokenStore;
import io.crontopus.identity.Authenticator;
import io.crontopus.identity.Caller;
import io.crontopus.identity.EndpointTokenStore;
import io.crontopus.identity.EnrollmentTokenStore;
import io.crontopus.identity.OperatorTokens;
import io.crontopus.identity.SecretToken;
import io.crontopus.identity.SessionStore;
import io.crontopus.identity.SigningKeys;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.BlockingWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Streams without a database: what it would have said of a credential is not known. */
class OpenStreamsTest {

  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  private final BlockingWork blocking = new BlockingWork(2, 100);

  @AfterEach
  void stop() {
    blocking.close();
  }

  @Test
  void anOperatorsStreamEndsWithItsToken() throws Exception {
    Path file = folder.resolve("operators");
    String token = SecretToken.issue(SecretToken.Kind.OPERATOR);
    Files.writeString(file, "ann " + token + "\n");
    Authenticator authenticator = authenticator(OperatorTokens.in(file));
    Caller ann = Objects.requireNonNull(authenticator.authenticate(token).caller());
    try (OpenStreams streams = OpenStreams.start(authenticator, blocking)) {
      CompletableFuture<?> end = streams.end(ann, token).toFuture();
      await().pollDelay(Duration.ofMillis(1_200)).until(() -> !end.isDone());

      Files.writeString(file, "");

      await().atMost(Duration.ofSeconds(3)).until(end::isDone);
    }
  }

  @Test
  void theStreamsOfASuspendedTenantEndAndNobodyElses() {
    try (OpenStreams streams = OpenStreams.start(authenticator(OperatorTokens.NONE), blocking)) {
      CompletableFuture<?> acme = open(streams, "acme");
      CompletableFuture<?> beta = open(streams, "beta");
      assertThat(acme).isNotDone();

      streams.endAllOf(Set.of("acme"));

      assertThat(acme).isCompleted();
      assertThat(beta).isNotDone();
    }
  }

  private static CompletableFuture<?> open(OpenStreams streams, String tenant) {
    Caller caller = new Caller(Caller.Kind.API_TOKEN, tenant, "token", Set.of(), List.of(), "user");
    return streams.end(caller, SecretToken.issue(SecretToken.Kind.API)).toFuture();
  }

  private static Authenticator authenticator(OperatorTokens operators) {
    DriverManagerDataSource nowhere =
        new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/crontopus");
    TenantDatabase database = new TenantDatabase(nowhere);
    return new Authenticator(
        new AccessTokens(
            new SigningKeys(JdbcClient.create(nowhere), CLOCK), new SessionStore(database), CLOCK),
        new ApiTokenStore(database),
        new EndpointTokenStore(database),
        new EnrollmentTokenStore(database),
        operators,
        CLOCK);
  }
}
