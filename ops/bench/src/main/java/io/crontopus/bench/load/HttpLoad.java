package io.crontopus.bench.load;

import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Makes load from one thread: kept connections without pipelining, requests that are ready before
 * they are due, answers read no further than needed. It shares the machine with what it measures,
 * so it has to be lean.
 *
 * <p>In an open loop a request is due at its time whether or not a connection is free, and its
 * latency counts from then: waiting for an earlier answer is part of it.
 */
public final class HttpLoad {

  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final int READ_BUFFER = 1 << 18;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LoadPlan plan;
  private final Template[] requests;
  private final byte[] marker;
  private final LoadResult result;
  private final ByteBuffer reading = ByteBuffer.allocateDirect(READ_BUFFER);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private Selector selector;
  private int busy;
  private long due;

  private final class Connection {
    private final Answer answer = new Answer(marker);
    private final ByteBuffer writing;
    private SelectionKey key;
    private long request;
    private long dueAt;
    private boolean waits;

    Connection(int size) throws IOException {
      writing = ByteBuffer.allocateDirect(size);
      key = connect();
    }

    private SelectionKey connect() throws IOException {
      SocketChannel channel = SocketChannel.open(plan.address());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      return channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(long number, long at) throws IOException {
      request = number;
      dueAt = at;
      waits = true;
      busy++;
      result.sentOne();
      writing.clear();
      requests[(int) (number % requests.length)].write(number, writing);
      writing.flip();
      flush();
    }

    private void flush() throws IOException {
      try {
        ((SocketChannel) key.channel()).write(writing);
        key.interestOps(
            writing.hasRemaining()
                ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                : SelectionKey.OP_READ);
      } catch (IOException e) {
        ended();
      }
    }

    void ready() throws IOException {
      if (key.isWritable()) {
        flush();
      }
      if (key.isValid() && key.isReadable()) {
        read();
      }
    }

    private void read() throws IOException {
      reading.clear();
      int count;
      try {
        count = ((SocketChannel) key.channel()).read(reading);
      } catch (IOException e) {
        count = -1;
      }
      if (count < 0) {
        ended();
        return;
      }
      reading.flip();
      if (answer.take(reading) && waits) {
        waits = false;
        busy--;
        result.answered(request, answer.status(), System.nanoTime() - dueAt);
        result.marked(answer.takeMarks());
        idle.push(this);
      }
    }

    private void ended() throws IOException {
      key.channel().close();
      if (waits) {
        waits = false;
        busy--;
        result.lostOne();
        idle.push(this);
      }
      key = connect();
    }
  }

  private HttpLoad(LoadPlan plan, String marker, Template... requests) throws IOException {
    this.plan = plan;
    this.requests = requests.clone();
    this.marker = marker.getBytes(StandardCharsets.UTF_8);
    this.result = new LoadResult(plan.first());
    this.selector = Selector.open();
  }

  /** Sends {@code requests} in turn, as the plan says; returns when all is answered. */
  public static LoadResult run(LoadPlan plan, Template... requests) {
    return run(plan, "", requests);
  }

  /** The same; counts {@code marker} in the bodies of answers. */
  public static LoadResult run(LoadPlan plan, String marker, Template... requests) {
    try {
      HttpLoad load = new HttpLoad(plan, marker, requests);
      try (Selector selector = load.selector) {
        try {
          return load.run();
        } finally {
          for (SelectionKey key : selector.keys()) {
            key.channel().close();
          }
        }
      }
    } catch (IOException e) {
      throw new BenchFailure("cannot make load on " + plan.address() + ": " + e, e);
    }
  }

  private LoadResult run() throws IOException {
    int size = 0;
    for (Template request : requests) {
      size = Math.max(size, request.size());
    }
    for (int i = 0; i < plan.connections(); i++) {
      idle.add(new Connection(size));
    }
    long start = System.nanoTime();
    long end = start + plan.time().toNanos();
    long next = plan.first();
    due = start;
    while (true) {
      long now = System.nanoTime();
      while (!idle.isEmpty() && isDue(now, end)) {
        idle.poll().send(next, plan.isOpen() ? due : now);
        next++;
        due = start + (long) ((next - plan.first()) * NANOS_PER_SECOND / plan.rate());
      }
      boolean backlog = plan.isOpen() && due < end;
      if ((now >= end && busy == 0 && !backlog) || now >= end + DRAIN.toNanos()) {
        break;
      }
      await(now);
    }
    finish(start, end);
    return result;
  }

  private boolean isDue(long now, long end) {
    return plan.isOpen() ? due <= now && due < end : now < end;
  }

  private void await(long now) throws IOException {
    if (idle.isEmpty() || !plan.isOpen()) {
      selector.select(this::ready, 100);
    } else if (due > now) {
      selector.select(this::ready, Math.clamp((due - now) / NANOS_PER_MILLI, 1, 100));
    } else {
      selector.selectNow(this::ready);
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof Connection connection) {
        connection.ready();
      }
    } catch (IOException e) {
      throw new BenchFailure("lost the connection to " + plan.address() + ": " + e, e);
    }
  }

  private void finish(long start, long end) {
    long unsent =
        plan.isOpen() && due < end ? (long) ((end - due) / NANOS_PER_SECOND * plan.rate()) : 0;
    result.ended(unsent, (System.nanoTime() - start) / NANOS_PER_SECOND);
  }
}
