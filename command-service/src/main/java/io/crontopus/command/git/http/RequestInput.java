package io.crontopus.command.git.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;

/**
 * A request's body for a thread that blocks. A few buffers are read ahead, and pooled memory is
 * given back as they arrive: wherever a conversation breaks off, none is left behind.
 */
final class RequestInput extends InputStream {
  private static final int AHEAD = 8;

  private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

  /** Counts the arrivals; unlike a blocking queue it never makes the side that adds wait. */
  private final Semaphore arrived = new Semaphore(0);

  private final Receiver receiver = new Receiver();
  private final Runnable onArrival;
  private ByteBuffer chunk = ByteBuffer.allocate(0);
  private @Nullable Arrival end;

  private sealed interface Arrival {
    record Bytes(ByteBuffer bytes) implements Arrival {}

    record Complete() implements Arrival {}

    record Failed(String why) implements Arrival {}
  }

  /**
   * @param onArrival is run whenever something has come in
   */
  RequestInput(Publisher<DataBuffer> body, Runnable onArrival) {
    this.onArrival = onArrival;
    body.subscribe(receiver);
  }

  /** Makes the reader fail, from whatever thread; what has arrived before may still be read. */
  void abort(String why) {
    receiver.cancel();
    arrive(new Arrival.Failed(why));
  }

  @Override
  public int read() throws IOException {
    return await() ? chunk.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!await()) {
      return -1;
    }
    int count = Math.min(length, chunk.remaining());
    chunk.get(buffer, offset, count);
    return count;
  }

  @Override
  public int available() {
    return chunk.remaining();
  }

  @Override
  public void close() {
    receiver.cancel();
  }

  /** Whether there is a byte to read; waits for it. */
  private boolean await() throws IOException {
    while (!chunk.hasRemaining() && end == null) {
      switch (take()) {
        case Arrival.Bytes(ByteBuffer bytes) -> {
          chunk = bytes;
          receiver.request(1);
        }
        case Arrival last -> end = last;
      }
    }
    if (chunk.hasRemaining()) {
      return true;
    }
    if (end instanceof Arrival.Failed(String why)) {
      throw new IOException(why);
    }
    return false;
  }

  private void arrive(Arrival arrival) {
    arrivals.add(arrival);
    arrived.release();
  }

  private Arrival take() throws IOException {
    try {
      arrived.acquire();
      return arrivals.remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private final class Receiver extends BaseSubscriber<DataBuffer> {
    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      subscription.request(AHEAD);
    }

    @Override
    protected void hookOnNext(DataBuffer pooled) {
      ByteBuffer bytes = ByteBuffer.allocate(pooled.readableByteCount());
      pooled.toByteBuffer(bytes);
      DataBufferUtils.release(pooled);
      onArrival.run();
      arrive(new Arrival.Bytes(bytes));
    }

    @Override
    protected void hookOnComplete() {
      arrive(new Arrival.Complete());
    }

    @Override
    protected void hookOnError(Throwable error) {
      arrive(new Arrival.Failed("the client is gone: " + error.getMessage()));
    }
  }
}
