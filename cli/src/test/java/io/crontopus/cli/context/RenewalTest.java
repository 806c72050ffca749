package io.crontopus.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Reply;
import io.crontopus.cli.platform.Request;
import io.crontopus.cli.platform.Shell;
import io.crontopus.cli.platform.TestPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose access tokens are good for 15 minutes and whose refresh tokens for one use. */
@Timeout(30)
class RenewalTest {
  private static final Duration AN_HOUR = Duration.ofHours(1);

  @TempDir Path home;
  private TestPlatform platform;
  private final AtomicInteger generation = new AtomicInteger(1);

  @BeforeEach
  void start() {
    platform =
        new TestPlatform()
            .on("POST /api/auth/login", tokens(1))
            .answering("POST /api/auth/refresh", this::refresh)
            .answering("GET /api/runs", this::runs);
    assertThat(
            new Shell(home)
                .input("secret\n")
                .run("auth", "login", "--server", platform.url(), "-u", "a", "--password-stdin")
                .exitCode())
        .isZero();
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private static Reply tokens(int generation) {
    return Reply.json(
        200,
        """
        {"access_token":"jwt-%1$d","refresh_token":"refresh-%1$d","token_type":"Bearer",\
        "expires_in":900}"""
            .formatted(generation));
  }

  private Reply refresh(Request request) {
    int current = generation.get();
    boolean isCurrent = request.body().equals("{\"refresh_token\":\"refresh-" + current + "\"}");
    return isCurrent && generation.compareAndSet(current, current + 1)
        ? tokens(current + 1)
        : unauthorized();
  }

  private Reply runs(Request request) {
    return ("Bearer jwt-" + generation.get()).equals(request.header("Authorization"))
        ? Reply.json(200, "{\"runs\":[],\"next_cursor\":null}")
        : unauthorized();
  }

  private static Reply unauthorized() {
    return Reply.problem(401, "unauthorized", "Unauthorized", "The token is not valid.");
  }

  private long refreshes() {
    return platform.requests().stream()
        .filter(request -> request.path().equals("/api/auth/refresh"))
        .count();
  }

  private Shell later() {
    return new Shell(home).at(Shell.NOW.plus(AN_HOUR));
  }

  @Test
  void aGoodTokenIsUsedAsItIs() {
    assertThat(new Shell(home).run("runs", "list").exitCode()).isZero();
    assertThat(refreshes()).isZero();
  }

  @Test
  void anExpiredTokenIsRenewedAndKept() {
    assertThat(later().run("runs", "list").exitCode()).isZero();
    assertThat(later().run("runs", "list").exitCode()).isZero();

    assertThat(refreshes()).isEqualTo(1);
  }

  @Test
  void aTokenThatIsRefusedBeforeItsTimeIsRenewed() {
    generation.set(1);
    platform.answering(
        "GET /api/runs",
        request ->
            "Bearer jwt-2".equals(request.header("Authorization"))
                ? Reply.json(200, "{\"runs\":[]}")
                : unauthorized());

    assertThat(new Shell(home).run("runs", "list").exitCode()).isZero();
    assertThat(refreshes()).isEqualTo(1);
  }

  @Test
  void aSessionThatHasEndedSaysSo() {
    generation.set(7);

    Shell.Result result = later().run("runs", "list");

    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.err())
        .contains("Your login at " + platform.url() + " has ended.")
        .contains("crontopus auth login --server " + platform.url());
  }

  @Test
  void aPlatformInTroubleDoesNotEndTheSession() throws IOException {
    platform.on("POST /api/auth/refresh", Reply.problem(500, "internal", "Internal error", "Oh."));

    assertThat(later().run("runs", "list").exitCode()).isEqualTo(1);
    assertThat(Files.readString(home.resolve(".config/crontopus/credentials.json")))
        .contains("refresh-1");
  }

  @Test
  void commandsThatRunAtOnceShareOneRenewal() throws Exception {
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> command = () -> later().run("runs", "list").exitCode();
      var results = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(command));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    }

    assertThat(refreshes()).isEqualTo(1);
  }
}
