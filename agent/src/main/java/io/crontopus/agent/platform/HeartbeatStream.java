package io.crontopus.agent.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.platform.PlatformException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to the platform that stays open: heartbeats go in, acknowledgements come out. The JDK's
 * client waits with the answer until a request has ended, so this one speaks HTTP/1.1 itself. For
 * one thread at a time.
 */
public final class HeartbeatStream implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** The platform stores within about a second, and has always a little more to do. */
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);

  private final JsonMapper json;
  private final Socket socket;
  private final OutputStream out;
  private final BufferedInputStream in;
  private @Nullable ChunkedInput answers;
  private long sent;

  private HeartbeatStream(JsonMapper json, Socket socket) throws IOException {
    this.json = json;
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.in = new BufferedInputStream(socket.getInputStream(), 1_024);
  }

  /** Whether the way to this server allows it: a proxy may hold back what is sent. */
  static boolean possible(URI server) {
    ProxySelector proxies = ProxySelector.getDefault();
    return proxies == null
        || proxies.select(server).stream().allMatch(proxy -> proxy.type() == Proxy.Type.DIRECT);
  }

  static HeartbeatStream open(JsonMapper json, URI server, String path, String token)
      throws IOException, PlatformException {
    Socket socket = connect(server);
    try {
      HeartbeatStream stream = new HeartbeatStream(json, socket);
      stream.begin(server, path, token);
      socket.setSoTimeout((int) ACKNOWLEDGED.toMillis());
      return stream;
    } catch (IOException | PlatformException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /**
   * Sends a heartbeat and waits until it is acknowledged.
   *
   * @return the acknowledgement
   * @throws IOException when that does not come: the stream is then of no more use
   */
  public JsonNode beat(JsonNode heartbeat) throws IOException {
    byte[] line = (json.writeValueAsString(heartbeat) + "\n").getBytes(UTF_8);
    sent++;
    out.write((Integer.toHexString(line.length) + "\r\n").getBytes(UTF_8));
    out.write(line);
    out.write("\r\n".getBytes(UTF_8));
    out.flush();
    while (true) {
      JsonNode answer = next();
      if (answer.has("ended")) {
        throw new IOException(
            "the platform ended the stream: " + answer.path("ended").asString(""));
      }
      if (answer.path("line").asLong(0) == sent) {
        throw new IOException(
            "the platform refused a heartbeat: " + answer.at("/error/detail").asString(""));
      }
      if (answer.path("acked").asLong(0) >= sent) {
        return answer;
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use either way
    }
  }

  private JsonNode next() throws IOException {
    ChunkedInput body = answers;
    String line = body == null ? null : body.line();
    if (line == null) {
      throw new IOException("the platform closed the stream");
    }
    try {
      return json.readTree(line);
    } catch (JacksonException e) {
      throw new IOException("the platform did not answer in JSON", e);
    }
  }

  private static Socket connect(URI server) throws IOException {
    boolean secure = "https".equalsIgnoreCase(server.getScheme());
    int port = server.getPort() != -1 ? server.getPort() : secure ? 443 : 80;
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(host(server), port), (int) CONNECT.toMillis());
      plain.setSoTimeout((int) CONNECT.toMillis());
      plain.setTcpNoDelay(true);
      return secure ? secure(plain, host(server), port) : plain;
    } catch (IOException | RuntimeException e) {
      plain.close();
      throw e;
    }
  }

  private static Socket secure(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  private static String host(URI server) {
    return server.getHost().replaceAll("^\\[|]$", "");
  }

  private void begin(URI server, String path, String token) throws IOException, PlatformException {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: crontopus-agent\r\nAuthorization: Bearer %s\r\n"
                .formatted(server.getRawPath() + path, server.getRawAuthority(), token)
            + "Content-Type: application/x-ndjson\r\nAccept: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n";
    out.write(head.getBytes(UTF_8));
    out.flush();
    String[] status = ChunkedInput.rawLine(in).split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.")) {
      throw new IOException("what came is not HTTP");
    }
    boolean chunked = false;
    @Nullable Duration retryAfter = null;
    String header = ChunkedInput.rawLine(in);
    while (!header.isEmpty()) {
      String lower = header.toLowerCase(Locale.ROOT);
      chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
      if (lower.startsWith("retry-after:")) {
        retryAfter = PlatformClient.retryAfter(header.substring("retry-after:".length()).strip());
      }
      header = ChunkedInput.rawLine(in);
    }
    int code = code(status[1]);
    if (code / 100 != 2) {
      Kind kind = PlatformClient.kindOf(code);
      throw new PlatformException(kind, code, "the platform answered " + code, retryAfter, null);
    }
    answers = new ChunkedInput(in, chunked);
  }

  private static int code(String text) throws IOException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("what came is not HTTP", e);
    }
  }
}
