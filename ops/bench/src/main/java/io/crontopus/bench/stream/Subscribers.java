package io.crontopus.bench.stream;

import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Many open streams, read by one thread. */
final class Subscribers implements AutoCloseable {

  private static final int READ_BUFFER = 1 << 18;
  private static final int TINY = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Selector selector;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final ByteBuffer reading = ByteBuffer.allocateDirect(READ_BUFFER);
  private volatile Receipts receipts = new Receipts();
  private volatile long first;
  private volatile boolean running;
  private volatile int ended;
  private Thread reader = Thread.ofPlatform().unstarted(this::read);

  private Subscribers() throws IOException {
    selector = Selector.open();
  }

  /**
   * Opens {@code count} streams of runs.
   *
   * @param slow keep the receive buffers tiny, so that not reading soon holds up the server
   */
  static Subscribers open(BenchPlatform platform, int count, boolean slow) {
    byte[] request =
        """
        GET /api/stream?topics=runs HTTP/1.1\r
        Host: %s:%d\r
        Accept: text/event-stream\r
        Authorization: Bearer %s\r
        \r
        """
            .formatted(platform.url().getHost(), platform.url().getPort(), platform.token())
            .getBytes(StandardCharsets.US_ASCII);
    try {
      Subscribers subscribers = new Subscribers();
      for (int i = 0; i < count; i++) {
        subscribers.add(platform, request, slow);
      }
      return subscribers;
    } catch (IOException e) {
      throw new BenchFailure("cannot open the streams: " + e, e);
    }
  }

  private void add(BenchPlatform platform, byte[] request, boolean slow) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (slow) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, TINY);
    }
    channel.connect(platform.address());
    channel.write(ByteBuffer.wrap(request));
    channel.configureBlocking(false);
    Subscriber subscriber = new Subscriber();
    channel.register(selector, SelectionKey.OP_READ, subscriber);
    subscribers.add(subscriber);
    channels.add(channel);
  }

  /** Reads from now on, in a thread of its own. */
  void start() {
    running = true;
    reader = Thread.ofPlatform().daemon().name("subscribers").start(this::read);
  }

  /** Reads no more for now. */
  void pause() {
    running = false;
    selector.wakeup();
    boolean interrupted = false;
    while (reader.isAlive()) {
      try {
        reader.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when each stream has begun. */
  void awaitOpen() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (subscribers.stream().anyMatch(subscriber -> !subscriber.isOpen())) {
      if (System.nanoTime() > end) {
        throw new BenchFailure("not all streams begin");
      }
      Thread.sleep(10);
    }
  }

  /** Forgets all, and counts runs from this number on. */
  void expectFrom(long number) {
    pause();
    first = number;
    receipts = new Receipts();
    subscribers.forEach(Subscriber::forget);
    start();
  }

  /** Waits until each has got {@code runs} runs; false when that takes too long. */
  boolean awaitAll(long runs, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (receipts.size() < runs * subscribers.size()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }

  Receipts receipts() {
    return receipts;
  }

  int count() {
    return subscribers.size();
  }

  /** How many streams the server has ended. */
  int ended() {
    return ended;
  }

  /** How many have neither got {@code runs} runs nor been told to read anew, nor been closed. */
  long unaware(long runs) {
    return subscribers.stream()
        .filter(subscriber -> !subscriber.wasReset() && subscriber.received() < runs)
        .count();
  }

  long resets() {
    return subscribers.stream().filter(Subscriber::wasReset).count();
  }

  private void read() {
    try {
      while (running) {
        selector.select(this::ready, 100);
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot read the streams: " + e, e);
    }
  }

  private void ready(SelectionKey key) {
    if (!(key.attachment() instanceof Subscriber subscriber)
        || !(key.channel() instanceof SocketChannel channel)) {
      return;
    }
    try {
      reading.clear();
      if (channel.read(reading) < 0) {
        gone(channel);
        return;
      }
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      subscriber.take(reading.flip(), first, now, receipts);
    } catch (IOException e) {
      gone(channel);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void gone(SocketChannel channel) {
    ended++;
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone.
    }
  }

  @Override
  public void close() throws IOException {
    pause();
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
