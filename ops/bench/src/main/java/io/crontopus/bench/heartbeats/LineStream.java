package io.crontopus.bench.heartbeats;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One open request of lines, and the acknowledgements that come back. */
final class LineStream {

  private static final byte[] ACKED = "\"acked\":".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_END = 12;

  private final SocketChannel channel;
  private final ByteBuffer rest = ByteBuffer.allocate(1 << 16);
  private final StringBuilder status = new StringBuilder();
  private int matched;
  private long number;
  private long sent;
  private long acked;
  private long sentAt;
  private boolean open;
  private boolean ended;

  /** Where a stream is opened, and as whom. */
  record Login(String path, String token) {}

  private LineStream(SocketChannel channel) {
    this.channel = channel;
    rest.flip();
  }

  static LineStream open(InetSocketAddress address, Login login, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.write(
        ByteBuffer.wrap(
            """
            POST %s HTTP/1.1\r
            Host: %s:%d\r
            Authorization: Bearer %s\r
            Content-Type: application/x-ndjson\r
            Transfer-Encoding: chunked\r
            \r
            """
                .formatted(login.path(), address.getHostString(), address.getPort(), login.token())
                .getBytes(StandardCharsets.US_ASCII)));
    channel.configureBlocking(false);
    LineStream stream = new LineStream(channel);
    channel.register(selector, SelectionKey.OP_READ, stream);
    return stream;
  }

  /** Sends a chunk of {@code lines} lines; false when the one before is still on its way. */
  boolean send(ByteBuffer chunk, int lines, long now) throws IOException {
    if (!flush()) {
      return false;
    }
    ByteBuffer bytes = chunk.duplicate();
    channel.write(bytes);
    if (bytes.hasRemaining()) {
      rest.clear().put(bytes).flip();
    }
    sent += lines;
    sentAt = now;
    return true;
  }

  private boolean flush() throws IOException {
    if (rest.hasRemaining()) {
      channel.write(rest);
    }
    return !rest.hasRemaining();
  }

  /** Reads what has come; true when a new acknowledgement was in it. */
  boolean read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    if (count < 0) {
      ended = true;
      channel.close();
      return false;
    }
    long before = acked;
    buffer.flip();
    while (buffer.hasRemaining()) {
      take(buffer.get());
    }
    return acked > before;
  }

  private void take(byte next) {
    if (status.length() < STATUS_END) {
      status.append((char) next);
      open = status.toString().endsWith("HTTP/1.1 200");
    }
    if (matched < ACKED.length) {
      matched = next == ACKED[matched] ? matched + 1 : next == ACKED[0] ? 1 : 0;
      number = 0;
    } else if (next >= '0' && next <= '9') {
      number = number * 10 + next - '0';
    } else {
      acked = Math.max(acked, number);
      matched = 0;
    }
  }

  boolean isOpen() {
    return open && !ended;
  }

  boolean hasEnded() {
    return ended;
  }

  long sent() {
    return sent;
  }

  long acked() {
    return acked;
  }

  /** When the last chunk was sent. */
  long sentAt() {
    return sentAt;
  }
}
