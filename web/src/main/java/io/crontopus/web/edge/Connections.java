package io.crontopus.web.edge;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts open connections, of all and of each client. */
final class Connections {

  private final int most;
  private final int mostOfOne;
  private final List<Network> anyNumber;
  private final AtomicInteger open = new AtomicInteger();

  /** Holds clients with open connections only. */
  private final ConcurrentMap<InetAddress, Integer> ofOne = new ConcurrentHashMap<>();

  /**
   * Counts to these limits.
   *
   * @param anyNumber who may have as many as fit
   */
  Connections(int most, int mostOfOne, List<Network> anyNumber) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.anyNumber = List.copyOf(anyNumber);
  }

  /** Whether there is room for one more; it is counted either way. */
  boolean opened(InetAddress address) {
    boolean room = open.incrementAndGet() <= most;
    int same = ofOne.merge(ClientAddress.client(address), 1, Integer::sum);
    return room && (same <= mostOfOne || mayHaveAny(address));
  }

  /** One less. */
  void closed(InetAddress address) {
    open.decrementAndGet();
    ofOne.computeIfPresent(
        ClientAddress.client(address), (_, count) -> count == 1 ? null : count - 1);
  }

  private boolean mayHaveAny(InetAddress address) {
    return address.isLoopbackAddress()
        || anyNumber.stream().anyMatch(network -> network.contains(address));
  }
}
