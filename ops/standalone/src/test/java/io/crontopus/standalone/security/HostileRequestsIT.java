package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.security.Routes.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of malformed and hostile requests over all routes, streams and those for operators
 * included: none is answered with a failure of the platform, none shows anything of another tenant,
 * and the platform is well afterwards.
 */
class HostileRequestsIT {

  private static final int REQUESTS = Integer.getInteger("crontopus.hostile.requests", 20_000);
  private static final long SEED = Long.getLong("crontopus.hostile.seed", 20_260_501L);
  private static final int CLIENTS = 4;

  /** How long a stream that was let in is listened to: it has no end by itself. */
  private static final int STREAM_QUIET_MILLIS = 200;

  @TempDir Path folder;

  @Test
  void noneBringsItDown() throws Exception {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Neighbours neighbours = new Neighbours(platform, folder.resolve("clone"));
      Map<String, List<String>> before = neighbours.belongings();
      List<Route> routes = Routes.of(platform.api());
      Samples samples = new Samples(neighbours.others(), "");
      List<String> failures = Collections.synchronizedList(new ArrayList<>());
      AtomicInteger answered = new AtomicInteger();
      List<Future<?>> work = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Hostility hostility =
            new Hostility(
                new SplittableRandom(SEED + client),
                routes,
                neighbours.credentials(),
                platform.operator().token(),
                samples);
        work.add(clients.submit(() -> attack(platform, hostility, answered, failures)));
      }
      for (Future<?> one : work) {
        one.get();
      }

      assertThat(failures).isEmpty();
      // Some are cut off before they are requests; those get no answer, or 400 and a closed line.
      assertThat(answered.get()).isGreaterThan(REQUESTS * 9 / 10);
      assertThat(new ApiClient(platform.url(), "").get("/health/ready").status()).isEqualTo(200);
      assertThat(neighbours.belongings()).isEqualTo(before);
      assertThat(platform.operator().get("/api/admin/health").json().path("dead_letters"))
          .as("events that a projection could not take")
          .hasToString("0");
    }
  }

  private static void attack(
      PlatformProcess platform,
      Hostility hostility,
      AtomicInteger answered,
      List<String> failures) {
    try (RawHttp http = new RawHttp(platform.url())) {
      for (int i = 0; i < REQUESTS / CLIENTS; i++) {
        Route route = hostility.route();
        byte[] request = hostility.request(route);
        RawHttp.Answer answer =
            route.isStream() ? http.send(request, STREAM_QUIET_MILLIS) : http.send(request);
        answered.addAndGet(answer.status() > 0 ? 1 : 0);
        if (answer.status() >= 500 || answer.text().contains(Neighbours.SECRET)) {
          failures.add(
              new String(request, StandardCharsets.UTF_8).lines().limit(1).toList()
                  + " → "
                  + answer.text().lines().limit(1).toList()
                  + "\n"
                  + new String(request, StandardCharsets.UTF_8)
                  + "\n"
                  + answer.text());
        }
      }
    } catch (IOException e) {
      failures.add("no connection any more: " + e);
    }
  }
}
