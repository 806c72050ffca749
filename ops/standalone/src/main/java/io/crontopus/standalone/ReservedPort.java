package io.crontopus.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port that is kept from others until the server that it is for listens on it. Taken before
 * the slow part of a start, so that a port that is taken is told at once; closed when the server
 * listens.
 */
public final class ReservedPort implements AutoCloseable {

  /**
   * Where a free port is looked for: below those that Linux, macOS and Windows give to outgoing
   * connections and to servers that do not care. A platform keeps its port over restarts, and
   * nobody may be given it while the platform is down.
   */
  private static final int LOWEST = 16_384;

  private static final int HIGHEST = 32_767;
  private static final int ATTEMPTS = 1000;

  private final Socket holder;
  private final int number;

  private ReservedPort(Socket holder) {
    this.holder = holder;
    this.number = holder.getLocalPort();
  }

  /**
   * Reserves {@code port} of {@code address}; 0 chooses a free one.
   *
   * @throws Refusal when it cannot be listened on
   */
  public static ReservedPort of(String address, int port) {
    try {
      InetAddress resolved = InetAddress.getByName(address);
      return port == 0 ? free(resolved) : hold(resolved, port, false);
    } catch (UnknownHostException e) {
      throw new Refusal(address + " is not an address: check --address");
    } catch (BindException e) {
      String reason = Refusal.reason(e);
      if (reason.contains("in use")) {
        throw taken(port);
      }
      throw new Refusal(
          "cannot listen on %s port %d (%s): choose another one with --port or --address"
              .formatted(address, port, reason));
    } catch (IOException e) {
      throw new Refusal(
          "cannot listen on port "
              + port
              + " ("
              + Refusal.reason(e)
              + "): choose another one with --port");
    }
  }

  /** What to tell somebody whose port is taken. */
  public static Refusal taken(int port) {
    return new Refusal(
        "port " + port + " is taken by another program: choose another one with --port");
  }

  private static ReservedPort free(InetAddress address) throws IOException {
    BindException last = new BindException("no free port");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return hold(address, ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1), true);
      } catch (BindException e) {
        last = e;
      }
    }
    throw last;
  }

  /**
   * Binds the port without listening. Linux lets a server that reuses addresses, as Netty and
   * PostgreSQL do, listen on it all the same, but gives it to nobody who asks for any port. Others
   * let nobody listen beside it; there the port is only looked at.
   *
   * @param alone whether a port that another reservation holds, or that connections which ended a
   *     moment ago had, is no good
   */
  private static ReservedPort hold(InetAddress address, int port, boolean alone)
      throws IOException {
    Socket holder = new Socket();
    try {
      holder.setReuseAddress(!alone);
      holder.bind(new InetSocketAddress(address, port));
      holder.setReuseAddress(true);
      ReservedPort reserved = new ReservedPort(holder);
      if (!System.getProperty("os.name").equals("Linux")) {
        holder.close();
      }
      return reserved;
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  public int number() {
    return number;
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
