package io.crontopus.bench.platform;

import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.session.BenchFailure;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** GETs one after the other, so that latency is the answer's and not a queue's. */
public final class OneByOne {

  private OneByOne() {}

  /**
   * Asks for these paths in turn, as the first user.
   *
   * @throws BenchFailure when one of them is not answered with a 2xx
   */
  public static LoadResult ask(BenchPlatform platform, List<String> paths, Duration time) {
    return ask(platform, platform.token(), paths, time);
  }

  /** The same with another token. */
  public static LoadResult ask(
      BenchPlatform platform, String token, List<String> paths, Duration time) {
    Template[] requests =
        paths.stream()
            .map(path -> Template.get(platform.address(), path, token))
            .toArray(Template[]::new);
    LoadResult result = HttpLoad.run(LoadPlan.closedLoop(platform.address(), 1, time, 0), requests);
    if (result.acceptedCount() < result.sent()) {
      throw new BenchFailure(
          "%s was not always answered: %s, lost %d"
              .formatted(paths.getFirst(), new TreeMap<>(result.statuses()), result.lost()));
    }
    return result;
  }
}
