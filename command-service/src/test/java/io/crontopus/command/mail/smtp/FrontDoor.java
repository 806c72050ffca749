package io.crontopus.command.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a mail server that speaks no TLS: it does that for it, and knows one mailbox
 * that it has not. Where TLS is to be begun by STARTTLS it takes nothing before.
 */
final class FrontDoor implements AutoCloseable {

  private static final String UNKNOWN = "<nobody@example.org>";

  private final Security security;
  private final @Nullable SSLContext tls;
  private final int behind;
  private final ServerSocket door;

  private FrontDoor(Security security, @Nullable SSLContext tls, int behind) throws IOException {
    this.security = security;
    this.tls = tls;
    this.behind = behind;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Opens a door to the server at this port. */
  static FrontDoor open(Security security, @Nullable SSLContext tls, int behind)
      throws IOException {
    FrontDoor door = new FrontDoor(security, tls, behind);
    Thread.ofVirtual().start(door::accept);
    return door;
  }

  int port() {
    return door.getLocalPort();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket plain) {
    try (plain;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      Socket client = security == Security.TLS ? encrypted(plain) : plain;
      if (security == Security.STARTTLS) {
        if (!isUpgraded(plain)) {
          return;
        }
        client = encrypted(plain);
        String _ = line(server.getInputStream()); // the client was greeted already
      }
      Socket inside = client;
      Thread.ofVirtual().start(() -> copy(server, inside));
      relay(client, server);
    } catch (IOException e) {
      // a client that does not trust us goes without a word
    }
  }

  private Socket encrypted(Socket plain) throws IOException {
    if (tls == null) {
      throw new IOException("there is no certificate");
    }
    SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, false);
    socket.startHandshake();
    return socket;
  }

  private static boolean isUpgraded(Socket client) throws IOException {
    say(client, "220 door ESMTP");
    while (true) {
      String line = line(client.getInputStream());
      if (line == null) {
        return false;
      }
      String command = line.toUpperCase(Locale.ROOT);
      if (command.startsWith("EHLO")) {
        say(client, "250-door\r\n250 STARTTLS");
      } else if (command.equals("STARTTLS")) {
        say(client, "220 go ahead");
        return true;
      } else {
        say(client, "530 5.7.0 Must issue a STARTTLS command first");
      }
    }
  }

  private static void relay(Socket client, Socket server) throws IOException {
    while (true) {
      String line = line(client.getInputStream());
      if (line == null) {
        return;
      }
      if (line.toUpperCase(Locale.ROOT).startsWith("RCPT TO:") && line.contains(UNKNOWN)) {
        say(client, "550 5.1.1 " + UNKNOWN + " no such mailbox");
      } else {
        say(server, line);
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.close();
    } catch (IOException e) {
      // one of them has gone
    }
  }

  /** Byte by byte: what comes behind the line is for somebody else. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      if (next == '\n') {
        return line.toString().replaceFirst("\r$", "");
      }
      line.append((char) next);
    }
  }

  private static void say(Socket to, String line) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
