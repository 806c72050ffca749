package io.crontopus.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer server;
  private InetSocketAddress address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          bodies.add(body);
          await(body);
          byte[] answer = "{}".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(body.contains("000000000003") ? 503 : 201, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    address = server.getAddress();
  }

  /** Request 5 of the open loop is slow; the test lets it go on after a while. */
  private void await(String body) {
    if (body.contains("slow") && body.contains("000000000005")) {
      try {
        released.await(300, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @Test
  void everyRequestHasItsNumberAndItsAnswerIsCounted() {
    Template request =
        Template.post(address, "/", "token", "[", List.of("{\"n\":{n}}", ",{\"m\":{m}}"), "]");
    LoadResult result =
        HttpLoad.run(LoadPlan.closedLoop(address, 3, Duration.ofMillis(300), 1), request);
    assertThat(result.sent()).isPositive().isEqualTo(bodies.size());
    assertThat(result.acceptedCount()).isEqualTo(result.sent());
    assertThat(result.end()).isEqualTo(1 + result.sent());
    assertThat(bodies)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(1, result.end())
                .mapToObj(n -> "[{\"n\":%012d},{\"m\":%04d}]".formatted(2 * n, (2 * n + 1) % 1000))
                .toList());
    assertThat(LongStream.range(1, result.end())).allMatch(result::acknowledged);
  }

  @Test
  void latencyInAnOpenLoopCountsFromWhenARequestWasDue() {
    Template request = Template.post(address, "/", "", "slow ", List.of("{n}"), "");
    LoadResult result =
        HttpLoad.run(LoadPlan.openLoop(address, 1, Duration.ofMillis(500), 50, 0), request);
    assertThat(result.sent()).isEqualTo(25);
    assertThat(result.shed()).isEqualTo(1);
    assertThat(result.acknowledged(3)).isFalse();
    assertThat(result.acknowledged(4)).isTrue();
    // The one that was slow held up those that were due meanwhile, on the only connection.
    assertThat(result.accepted().millis(50)).isGreaterThan(20);
    assertThat(result.accepted().longestMillis()).isGreaterThanOrEqualTo(290);
  }
}
