package io.crontopus.bench.heartbeats;

import io.crontopus.bench.load.Latencies;
import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Many open requests of lines, served by one thread. */
final class LineStreams implements AutoCloseable {

  private static final int READ_BUFFER = 1 << 16;
  private static final int LINES_PER_CHUNK = 50;
  private static final int WINDOW = 1_000;
  private static final int OPENED_AT_ONCE = 250;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Selector selector;
  private final List<LineStream> streams = new ArrayList<>();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(READ_BUFFER);
  private Latencies latencies = new Latencies();
  private ByteBuffer line = chunk(1);
  private ByteBuffer lines = chunk(LINES_PER_CHUNK);
  private long builtAt = System.nanoTime();
  private int turn;

  /** What became of lines: how many were acknowledged, in which time, how soon. */
  record Result(long acked, double seconds, Latencies latencies, long unacked, long ended) {
    double rate() {
      return acked / seconds;
    }
  }

  private LineStreams() throws IOException {
    selector = Selector.open();
  }

  /** Opens a stream for each; not all at once, which a server may take for too much. */
  static LineStreams open(InetSocketAddress address, List<LineStream.Login> logins)
      throws IOException {
    LineStreams all = new LineStreams();
    for (int from = 0; from < logins.size(); from += OPENED_AT_ONCE) {
      int to = Math.min(logins.size(), from + OPENED_AT_ONCE);
      for (LineStream.Login login : logins.subList(from, to)) {
        all.streams.add(LineStream.open(address, login, all.selector));
      }
      all.awaitOpen(all.streams.subList(from, to));
    }
    return all;
  }

  private void awaitOpen(List<LineStream> some) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!some.stream().allMatch(LineStream::isOpen)) {
      selector.select(this::ready, 100);
      if (System.nanoTime() > end || ended() > 0) {
        close();
        throw new BenchFailure(
            "of %d streams, %d are open and %d were ended"
                .formatted(
                    streams.size(), streams.stream().filter(LineStream::isOpen).count(), ended()));
      }
    }
  }

  /**
   * Each stream in turn sends a line, {@code rate} lines a second in all, beginning with the one
   * whose turn it was at the end of the last time.
   */
  Result paced(double rate, Duration time) throws IOException {
    latencies = new Latencies();
    long before = acked();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long next = 0;
    while (true) {
      long now = System.nanoTime();
      long due = start + (long) (next * NANOS_PER_SECOND / rate);
      if (now >= end) {
        break;
      }
      if (due <= now) {
        refresh(now);
        streams.get(turn).send(line, 1, now);
        turn = (turn + 1) % streams.size();
        next++;
      } else {
        selector.select(this::ready, Math.clamp((due - now) / NANOS_PER_MILLI, 1, 100));
      }
      if (next % 64 == 0) {
        selector.selectNow(this::ready);
      }
    }
    return finish(before, start);
  }

  /** All streams send as much as is acknowledged. */
  Result flood(Duration time) throws IOException {
    latencies = new Latencies();
    long before = acked();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    while (System.nanoTime() < end) {
      long now = System.nanoTime();
      refresh(now);
      boolean any = false;
      for (LineStream stream : streams) {
        if (stream.sent() - stream.acked() <= WINDOW - LINES_PER_CHUNK) {
          any |= stream.send(lines, LINES_PER_CHUNK, now);
        }
      }
      if (any) {
        selector.selectNow(this::ready);
      } else {
        selector.select(this::ready, 5);
      }
    }
    return finish(before, start);
  }

  private Result finish(long before, long start) throws IOException {
    long end = System.nanoTime() + DRAIN.toNanos();
    while (unacked() > 0 && System.nanoTime() < end) {
      selector.select(this::ready, 20);
    }
    double seconds = (System.nanoTime() - start) / (double) NANOS_PER_SECOND;
    return new Result(acked() - before, seconds, latencies, unacked(), ended());
  }

  private long acked() {
    return streams.stream().mapToLong(LineStream::acked).sum();
  }

  private long unacked() {
    return streams.stream()
        .filter(stream -> !stream.hasEnded())
        .mapToLong(stream -> stream.sent() - stream.acked())
        .sum();
  }

  private long ended() {
    return streams.stream().filter(LineStream::hasEnded).count();
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof LineStream stream) {
      try {
        if (stream.read(reading) && stream.acked() == stream.sent()) {
          latencies.add(System.nanoTime() - stream.sentAt());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The time in a line is that of about now. */
  private void refresh(long now) {
    if (now - builtAt > NANOS_PER_SECOND) {
      builtAt = now;
      line = chunk(1);
      lines = chunk(LINES_PER_CHUNK);
    }
  }

  private static ByteBuffer chunk(int lines) {
    String heartbeat =
        """
        {"sent_at":"%s","version":"1.4.2","scheduler":"cron","scheduler_alive":true,\
        "applied_commit":"4b825dc642cb6eb9a060e54bf8d69288fbee4904","spool_depth":0}
        """
            .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    String content = heartbeat.repeat(lines);
    byte[] bytes =
        (Integer.toHexString(content.length()) + "\r\n" + content + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
