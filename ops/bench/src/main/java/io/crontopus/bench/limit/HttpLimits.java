package io.crontopus.bench.limit;

import io.crontopus.bench.load.HttpLoad;
import io.crontopus.bench.load.LoadPlan;
import io.crontopus.bench.load.LoadResult;
import io.crontopus.bench.load.Template;
import io.crontopus.bench.load.WarmUp;
import io.crontopus.bench.platform.ChildProcess;
import io.crontopus.bench.session.Session;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What this machine's HTTP can do.
 *
 * @param emptyPost requests a second of a POST with a JSON body that does nothing
 * @param generator requests a second that the generator of load makes when answers cost nothing
 */
public record HttpLimits(LoadResult emptyPost, LoadResult generator) {

  /**
   * Measures both, in a process that is ended again.
   *
   * @param body a JSON body as the measured route gets it
   */
  public static HttpLimits measure(Session session, int connections, String body)
      throws InterruptedException {
    ChildProcess process = session.cleanUp().add(ChildProcess.main("empty POST", EmptyPost.class));
    String[] ports = process.awaitReady().split(" ");
    session.step("empty POST: warming up");
    WarmUp.run(session.options().warmUp(), time -> run(ports[0], connections, body, time));
    LoadResult emptyPost = run(ports[0], connections, body, session.options().time());
    Duration half = session.options().time().dividedBy(2);
    run(ports[1], connections, body, half);
    LoadResult generator = run(ports[1], connections, body, half);
    session.cleanUp().end(process);
    session.step(
        "empty POST %.0f/s; the generator alone %.0f/s"
            .formatted(emptyPost.rate(), generator.rate()));
    return new HttpLimits(emptyPost, generator);
  }

  private static LoadResult run(String port, int connections, String body, Duration time) {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    // A credential costs bytes here, too.
    Template request = Template.post(address, "/empty", "x".repeat(53), "", List.of(body), "");
    return HttpLoad.run(LoadPlan.closedLoop(address, connections, time, 0), request);
  }
}
