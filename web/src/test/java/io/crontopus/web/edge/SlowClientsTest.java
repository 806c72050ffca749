package io.crontopus.web.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SlowClientsTest {

  private static final String DROPPED = "crontopus.http.dropped";
  private static final Duration DRIP = Duration.ofMillis(50);
  private static EdgeServer server;

  @BeforeAll
  static void start() {
    server =
        EdgeServer.start(
            "crontopus.http.clients.header-timeout=400ms",
            "crontopus.http.clients.body-timeout=400ms",
            "crontopus.http.clients.answer-timeout=400ms",
            "crontopus.http.clients.idle-timeout=1s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aHeadThatDripsInIsCutOff() throws Exception {
    try (Socket client = connect()) {
      say(client, "GET / HTTP/1.1\r\nHost: x\r\n");
      assertThat(dripsUntilClosed(client, "X-Slow: 1\r\n")).isTrue();
      assertThat(server.count(DROPPED, "reason", "header")).isPositive();
    }
  }

  @Test
  void aBodyThatDripsInIsCutOff() throws Exception {
    try (Socket client = connect()) {
      say(client, "POST /api/checkins HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
      assertThat(dripsUntilClosed(client, "x")).isTrue();
      assertThat(server.count(DROPPED, "reason", "body")).isPositive();
    }
  }

  @Test
  void aStreamOfHeartbeatsMayTakeItsTime() throws Exception {
    try (Socket client = connect()) {
      say(
          client,
          """
          POST /api/endpoints/e/heartbeats HTTP/1.1
          Host: x
          Content-Type: application/x-ndjson
          Transfer-Encoding: chunked

          """
              .replace("\n", "\r\n"));
      readUntil(client, "open");
      double cut = server.count(DROPPED, "reason", "body");
      AtomicBoolean stop = new AtomicBoolean();
      Thread drip = Thread.ofVirtual().start(() -> drip(client, "1\r\n.\r\n", stop));
      // Several times as long as a body may be slow.
      await().during(Duration.ofMillis(1500)).atMost(Duration.ofSeconds(3)).until(drip::isAlive);
      stop.set(true);
      drip.join();
      say(client, "4\r\nlast\r\n0\r\n\r\n");
      readUntil(client, "last");
      assertThat(server.count(DROPPED, "reason", "body")).isEqualTo(cut);
    }
  }

  @Test
  void anAnswerThatNobodyTakesIsGivenUp() throws Exception {
    try (Socket client = connect()) {
      say(client, "GET /api/export HTTP/1.1\r\nHost: x\r\n\r\n");
      await().until(() -> server.count(DROPPED, "reason", "answer") > 0);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws Exception {
    try (Socket client = connect()) {
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aConnectionIsUsableForManyRequests() throws Exception {
    try (Socket client = connect()) {
      for (int i = 0; i < 50; i++) {
        say(client, "POST /api/checkins HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nping");
        readUntil(client, "ping");
      }
      say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3));
      readUntil(client, "127.0.0.1 http");
    }
  }

  @Test
  void headsThatAreTooLargeAreRefused() throws Exception {
    try (Socket client = connect()) {
      say(client, "GET / HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(20_000) + "\r\n\r\n");
      readUntil(client, "HTTP/1.1 431");
    }
    try (Socket client = connect()) {
      say(client, "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
      readUntil(client, "HTTP/1.1 414");
    }
  }

  @Test
  void thereAreOnlySoManyConnections() throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (EdgeServer small = EdgeServer.start("crontopus.http.clients.connections=3")) {
      for (int i = 0; i < 3; i++) {
        Socket client = connect(small);
        clients.add(client);
        say(client, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        readUntil(client, "127.0.0.1 http");
      }
      try (Socket fourth = connect(small)) {
        assertThat(ended(fourth)).isTrue();
      }
      clients.removeLast().close();
      await()
          .until(
              () -> {
                try (Socket next = connect(small)) {
                  say(next, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
                  return next.getInputStream().read() == 'H';
                } catch (SocketException e) {
                  return false;
                }
              });
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void oneClientHasOnlySoManyOfThem() {
    Connections connections = new Connections(10, 2, List.of(Network.valueOf("10.0.0.1")));
    InetAddress one = InetAddress.ofLiteral("203.0.113.1");
    assertThat(connections.opened(one)).isTrue();
    assertThat(connections.opened(one)).isTrue();
    assertThat(connections.opened(one)).isFalse();
    assertThat(connections.opened(InetAddress.ofLiteral("203.0.113.2"))).isTrue();
    connections.closed(one);
    connections.closed(one);
    assertThat(connections.opened(one)).isTrue();
    InetAddress proxy = InetAddress.ofLiteral("10.0.0.1");
    for (int i = 0; i < 4; i++) {
      assertThat(connections.opened(proxy)).isTrue();
    }
  }

  private static Socket connect() throws IOException {
    return connect(server);
  }

  private static Socket connect(EdgeServer to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static void readUntil(Socket client, String end) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = client.getInputStream();
    while (read.indexOf(end) < 0) {
      int value = in.read();
      assertThat(value).as("what came before the end: %s", read).isNotNegative();
      read.append((char) value);
    }
  }

  private static boolean dripsUntilClosed(Socket client, String drop) {
    Thread drip = Thread.ofVirtual().start(() -> drip(client, drop, new AtomicBoolean()));
    await().until(() -> ended(client));
    drip.interrupt();
    return true;
  }

  private static void drip(Socket client, String drop, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        say(client, drop);
        Thread.sleep(DRIP);
      }
    } catch (IOException | InterruptedException e) {
      // the connection is gone, or the test is over
    }
  }

  private static boolean ended(Socket client) throws IOException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }
}
