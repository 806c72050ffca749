package io.crontopus.command.endpoint.heartbeat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * One agent's open request: lines come in, acknowledgements go out.
 *
 * <p>It holds the newest sign of life that is not stored yet and nothing else: a client that floods
 * is read no further than {@link #MOST_UNACKNOWLEDGED} lines ahead of what is stored, and one that
 * does not read its answers gets the newest acknowledgement when it does.
 */
final class HeartbeatStream extends BaseSubscriber<DataBuffer>
    implements HeartbeatSource, Lines.Sink {

  static final int LONGEST_LINE = 16 * 1024;
  static final int MOST_UNACKNOWLEDGED = 4_096;
  private static final int MOST_COMPLAINTS = 64;

  private final HeartbeatStreams streams;
  private final HeartbeatReader reader;
  private final Credential credential;
  private final Lines lines = new Lines(LONGEST_LINE);
  private final AtomicInteger drains = new AtomicInteger();
  private volatile long lastLine = System.nanoTime();

  // Written by the one who reads, one at a time.
  private long receivedAt;

  // Everything below is guarded by this.
  private final Deque<byte[]> complaints = new ArrayDeque<>();
  private @Nullable FluxSink<byte[]> out;
  private @Nullable SignOfLife newest;
  private long heard;
  private long read;
  private long acknowledged;
  private long storedAt;
  private long said = -1;
  private boolean waiting;
  private boolean beingStored;
  private boolean asked;
  private boolean complete;
  private boolean ended;
  private byte @Nullable [] lastWords;

  HeartbeatStream(HeartbeatStreams streams, HeartbeatReader reader, Credential credential) {
    this.streams = streams;
    this.reader = reader;
    this.credential = credential;
    this.storedAt = streams.now();
  }

  /** With which token it was opened, and when that was last known to be good. */
  static final class Credential {
    private final byte[] tokenHash;
    private volatile long checkedAt = System.nanoTime();
    private volatile boolean known;

    Credential(byte[] tokenHash) {
      this.tokenHash = tokenHash;
    }

    byte[] tokenHash() {
      return tokenHash;
    }

    /** Whether it is time: the first time sooner than later ones. */
    boolean due(long now, long first, long later) {
      return now - checkedAt >= (known ? later : first);
    }

    void doubt() {
      known = false;
    }

    void good(long now) {
      checkedAt = now;
      known = true;
    }
  }

  /** The answer's lines. Begins at once, with an acknowledgement of nothing. */
  Flux<byte[]> answers(Flux<DataBuffer> body) {
    return Flux.create(
        sink -> {
          synchronized (this) {
            out = sink;
          }
          sink.onRequest(_ -> drain());
          sink.onDispose(
              () -> {
                streams.gone(this);
                cancel();
              });
          body.subscribe(this);
        },
        FluxSink.OverflowStrategy.IGNORE);
  }

  Credential credential() {
    return credential;
  }

  UUID endpointId() {
    return reader.endpointId();
  }

  String tenantId() {
    return reader.tenantId();
  }

  boolean idleFor(long nanos, long now) {
    return now - lastLine >= nanos;
  }

  /** Says why, and ends. */
  void end(String reason) {
    synchronized (this) {
      if (lastWords == null) {
        lastWords = HeartbeatAnswers.ended(reason);
      }
    }
    drain();
  }

  @Override
  protected void hookOnSubscribe(Subscription subscription) {
    readOn();
  }

  @Override
  protected void hookOnNext(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    synchronized (this) {
      asked = false;
    }
    receivedAt = streams.now();
    lastLine = System.nanoTime();
    lines.take(bytes, this);
    readOn();
  }

  @Override
  protected void hookOnComplete() {
    receivedAt = streams.now();
    lines.finish(this);
    synchronized (this) {
      complete = true;
    }
    drain();
  }

  @Override
  protected void hookOnError(Throwable gone) {
    synchronized (this) {
      complete = true;
    }
    drain();
  }

  @Override
  public void line(byte[] bytes, int offset, int length) {
    try {
      heard(reader.read(bytes, offset, length, receivedAt));
    } catch (BadHeartbeat bad) {
      complain("invalid-request", bad.pointer(), bad.detail());
    }
  }

  @Override
  public void tooLong() {
    complain("line-too-long", "", "is longer than " + LONGEST_LINE + " bytes");
  }

  @Override
  public synchronized Taken take() {
    SignOfLife sign = newest;
    if (sign == null) {
      throw new IllegalStateException("nothing waits");
    }
    Taken taken = new Taken(sign, heard, read);
    newest = null;
    heard = 0;
    waiting = false;
    beingStored = true;
    return taken;
  }

  @Override
  public void stored(Taken taken) {
    synchronized (this) {
      beingStored = false;
      acknowledged = taken.upTo();
      storedAt = taken.newest().receivedAt();
    }
    streams.stored(tenantId(), taken.heard());
    drain();
    readOn();
  }

  @Override
  public void refused(Taken taken) {
    end("overloaded");
  }

  private void heard(SignOfLife sign) {
    boolean first;
    synchronized (this) {
      first = !waiting;
      waiting = true;
      newest = sign;
      heard++;
      read++;
    }
    if (first && !streams.collect(this)) {
      end("overloaded");
    }
  }

  private void complain(String code, String pointer, String detail) {
    synchronized (this) {
      read++;
      complaints.add(HeartbeatAnswers.error(read, code, pointer, detail));
    }
    drain();
  }

  private void readOn() {
    synchronized (this) {
      boolean farAhead = (waiting || beingStored) && read - acknowledged >= MOST_UNACKNOWLEDGED;
      if (asked || complete || farAhead || complaints.size() >= MOST_COMPLAINTS) {
        return;
      }
      asked = true;
    }
    request(1);
  }

  private void drain() {
    if (drains.getAndIncrement() != 0) {
      return;
    }
    int missed = 1;
    do {
      emit();
      missed = drains.addAndGet(-missed);
    } while (missed != 0);
  }

  private void emit() {
    FluxSink<byte[]> sink;
    synchronized (this) {
      sink = out;
    }
    boolean complained = false;
    while (sink != null && sink.requestedFromDownstream() > 0) {
      byte[] answer;
      boolean end;
      synchronized (this) {
        complained |= !complaints.isEmpty();
        answer = nextAnswer();
        end = answer == null && (ended || (complete && !waiting && !beingStored));
      }
      if (answer != null) {
        sink.next(answer);
      } else {
        if (end) {
          sink.complete();
        }
        break;
      }
    }
    if (complained) {
      readOn();
    }
  }

  private byte @Nullable [] nextAnswer() {
    byte[] complaint = complaints.poll();
    if (complaint != null) {
      return complaint;
    }
    if (said < acknowledged) {
      said = acknowledged;
      return HeartbeatAnswers.acknowledged(said, storedAt, streams.nextInSeconds());
    }
    if (lastWords != null && !ended) {
      ended = true;
      return lastWords;
    }
    return null;
  }
}
