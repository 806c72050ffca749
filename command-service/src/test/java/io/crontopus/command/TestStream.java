package io.crontopus.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A heartbeat stream as an agent opens it: HTTP/1.1 by hand, chunks both ways. */
final class TestStream implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final OutputStream out;
  private final BufferedReader in;

  private TestStream(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  static TestStream open(String url, TestEndpoints.Endpoint endpoint) throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    TestStream stream = new TestStream(socket);
    String head =
        "POST /api/endpoints/%s/heartbeats HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                .formatted(endpoint.id(), uri.getAuthority(), endpoint.token())
            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.out.write(head.getBytes(UTF_8));
    stream.out.flush();
    String status = stream.in.readLine();
    if (status == null || !status.contains(" 200 ")) {
      socket.close();
      throw new IOException("answered " + status);
    }
    String header = status;
    while (header != null && !header.isEmpty()) {
      header = stream.in.readLine();
    }
    return stream;
  }

  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
    out.write(bytes);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
  }

  void sendQuietly(String text) {
    try {
      send(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void finish() throws IOException {
    out.write("0\r\n\r\n".getBytes(UTF_8));
    out.flush();
  }

  /** The next line of the answer. */
  JsonNode next() throws IOException {
    String line = nextOrEnd();
    if (line == null) {
      throw new IOException("the stream ended");
    }
    return JSON.readTree(line);
  }

  JsonNode awaitAck(int lines) throws IOException {
    JsonNode answer = next();
    while (answer.path("acked").asInt(-1) < lines) {
      answer = next();
    }
    return answer;
  }

  /** Whether the answer ends here, in order. */
  boolean end() throws IOException {
    return nextOrEnd() == null;
  }

  /** Every line is a chunk of its own or part of one: sizes and ends are skipped. */
  private @Nullable String nextOrEnd() throws IOException {
    String line = in.readLine();
    while (line != null && !line.startsWith("{")) {
      if (line.equals("0")) {
        return null;
      }
      line = in.readLine();
    }
    if (line == null) {
      throw new IOException("the connection broke");
    }
    return line;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
