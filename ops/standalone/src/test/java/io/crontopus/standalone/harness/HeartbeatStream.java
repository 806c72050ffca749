package io.crontopus.standalone.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection of an endpoint that sends heartbeats and reads what is acknowledged. */
public final class HeartbeatStream implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final OutputStream out;
  private final BufferedReader in;

  private HeartbeatStream(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  /** Opens one; returns when the platform listens. */
  public static HeartbeatStream open(String url, String endpointId, String token)
      throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      HeartbeatStream stream = new HeartbeatStream(socket);
      stream.write(
          """
          POST /api/endpoints/%s/heartbeats HTTP/1.1
          Host: %s
          Authorization: Bearer %s
          Content-Type: application/x-ndjson
          Transfer-Encoding: chunked

          """
              .formatted(endpointId, uri.getAuthority(), token)
              .replace("\n", "\r\n"));
      String status = String.valueOf(stream.in.readLine());
      if (!status.contains(" 200 ")) {
        throw new IOException("answered " + status);
      }
      stream.awaitAck(0);
      return stream;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends one heartbeat. */
  public void send(String json) throws IOException {
    String line = json + "\n";
    write(Integer.toHexString(line.getBytes(UTF_8).length) + "\r\n" + line + "\r\n");
  }

  /**
   * Reads until so many heartbeats of this connection are acknowledged.
   *
   * @throws IOException when the connection ends before
   */
  public void awaitAck(int heartbeats) throws IOException {
    int acked = -1;
    while (acked < heartbeats) {
      String line = in.readLine();
      if (line == null || line.equals("0")) {
        throw new IOException("the stream ended");
      }
      if (line.startsWith("{")) {
        JsonNode answer = JsonMapper.shared().readTree(line);
        acked = answer.path("acked").asInt(acked);
      }
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
