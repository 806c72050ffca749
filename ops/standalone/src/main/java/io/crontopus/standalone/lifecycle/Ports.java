package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.server.PlatformServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks at ports before the slow part of a start. */
final class Ports {

  private Ports() {}

  /** Checks that {@code port} can be listened on; 0 chooses a free one. */
  static int reserve(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
      return socket.getLocalPort();
    } catch (UnknownHostException e) {
      throw new Refusal(address + " is not an address: check --address");
    } catch (BindException e) {
      String reason = Refusal.reason(e);
      if (reason.contains("in use")) {
        throw PlatformServer.portTaken(port);
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
}
