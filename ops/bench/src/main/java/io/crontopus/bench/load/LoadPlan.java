package io.crontopus.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What load to make.
 *
 * @param connections how many connections, each with one request at a time
 * @param time for how long requests are due
 * @param rate requests due a second, whatever the answers do (open loop); 0: each connection sends
 *     when it has its answer (closed loop)
 * @param first number of the first request
 */
public record LoadPlan(
    InetSocketAddress address, int connections, Duration time, double rate, long first) {

  public static LoadPlan closedLoop(
      InetSocketAddress address, int connections, Duration time, long first) {
    return new LoadPlan(address, connections, time, 0, first);
  }

  public static LoadPlan openLoop(
      InetSocketAddress address, int connections, Duration time, double rate, long first) {
    return new LoadPlan(address, connections, time, rate, first);
  }

  boolean isOpen() {
    return rate > 0;
  }
}
