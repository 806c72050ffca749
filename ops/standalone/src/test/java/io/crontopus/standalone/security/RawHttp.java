package io.crontopus.standalone.security;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection on which anything can be sent: clients of the well-behaved kind refuse to. */
final class RawHttp implements AutoCloseable {

  private static final int QUIET_MILLIS = 10_000;
  private static final int MOST_BYTES = 1 << 20;

  /**
   * What came back.
   *
   * @param status 0 when the connection was closed without an answer
   * @param text head and body, as much as was read
   */
  record Answer(int status, String text) {}

  private final URI server;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  RawHttp(String server) {
    this.server = URI.create(server);
  }

  /** Sends these bytes and reads one answer. */
  Answer send(byte[] request) throws IOException {
    return send(request, QUIET_MILLIS);
  }

  /**
   * Sends these bytes and reads until the answer ends, or nothing came for a while: the answers of
   * streams have no end.
   */
  Answer send(byte[] request, int quietMillis) throws IOException {
    Socket connection = socket;
    if (connection == null) {
      connection = new Socket(InetAddress.getLoopbackAddress(), server.getPort());
      socket = connection;
      in = new BufferedInputStream(connection.getInputStream());
    }
    connection.setSoTimeout(quietMillis);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try {
      connection.getOutputStream().write(request);
      connection.getOutputStream().flush();
      readAnswer(in, read, request);
    } catch (SocketTimeoutException e) {
      close();
    } catch (IOException e) {
      // Whoever is told to go away in the middle of a request may find the line cut.
      close();
    }
    String text = read.toString(StandardCharsets.UTF_8);
    return new Answer(status(text), text);
  }

  private void readAnswer(@Nullable InputStream from, ByteArrayOutputStream read, byte[] request)
      throws IOException {
    if (from == null) {
      return;
    }
    String head = head(from, read);
    String lower = head.toLowerCase(Locale.ROOT);
    int status = status(head);
    boolean bodiless =
        status == 204
            || status == 304
            || new String(request, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
    if (!bodiless) {
      if (lower.contains("transfer-encoding: chunked")) {
        chunks(from, read);
      } else if (lower.contains("content-length: ")) {
        int at = lower.indexOf("content-length: ") + "content-length: ".length();
        copy(from, read, Integer.parseInt(lower.substring(at, lower.indexOf('\r', at)).strip()));
      } else {
        copy(from, read, MOST_BYTES);
      }
    }
    if (lower.contains("connection: close") || status == 0) {
      close();
    }
  }

  private String head(InputStream from, ByteArrayOutputStream read) throws IOException {
    int end = 0;
    while (end < 4) {
      int b = from.read();
      if (b < 0) {
        close();
        break;
      }
      read.write(b);
      end = (b == (end % 2 == 0 ? '\r' : '\n')) ? end + 1 : 0;
    }
    return read.toString(StandardCharsets.ISO_8859_1);
  }

  private void chunks(InputStream from, ByteArrayOutputStream read) throws IOException {
    while (true) {
      StringBuilder size = new StringBuilder();
      int b = from.read();
      while (b >= 0 && b != '\n') {
        size.append((char) b);
        b = from.read();
      }
      if (b < 0) {
        close();
        return;
      }
      int length = Integer.parseInt(size.toString().strip(), 16);
      copy(from, read, length);
      copy(from, new ByteArrayOutputStream(), 2);
      if (length == 0) {
        return;
      }
    }
  }

  private void copy(InputStream from, ByteArrayOutputStream to, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      int b = from.read();
      if (b < 0) {
        close();
        return;
      }
      to.write(b);
    }
  }

  private static int status(String answer) {
    return answer.startsWith("HTTP/1.") && answer.length() >= 12
        ? Integer.parseInt(answer.substring(9, 12))
        : 0;
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
      in = null;
    }
  }
}
