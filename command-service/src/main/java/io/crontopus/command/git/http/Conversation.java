package io.crontopus.command.git.http;

import io.crontopus.command.git.GitSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One request and its answer as a pair of blocking streams, with flow control in both directions:
 * no more than a few buffers of either are in memory. When the client goes away or stands still for
 * too long, or its credential is not good any more, both streams fail, so that the work ends.
 */
final class Conversation {
  private static final int CHUNK = 16 * 1024;

  private final ServerHttpRequest request;
  private final ServerHttpResponse response;
  private final Duration idleTimeout;
  private final long drainLimit;
  private final AtomicReference<@Nullable RequestInput> input = new AtomicReference<>();
  private final Sinks.Empty<Void> stalled = Sinks.empty();
  private volatile boolean over;
  private volatile long lastMove = System.nanoTime();

  Conversation(ServerHttpRequest request, ServerHttpResponse response, GitSettings settings) {
    this.request = request;
    this.response = response;
    this.idleTimeout = settings.idleTimeout();
    this.drainLimit = 4 * settings.bodyLimit().toBytes();
  }

  /** What is said on the server's side of the conversation. */
  @FunctionalInterface
  interface Script {
    void play(InputStream in, OutputStream out) throws IOException;
  }

  /**
   * Plays the script on a worker; completes when the answer is sent.
   *
   * @param ended completes when the client may go on no longer
   */
  Mono<Void> play(Script script, GitWorkers workers, StallWatch watch, Mono<Void> ended) {
    Mono<Void> answer =
        Mono.using(
            workers::admit,
            place -> response.writeWith(produced(script, place)),
            GitWorkers.Place::close);
    Mono<Void> refused = ended.then(Mono.error(Refusal::ended));
    return Mono.firstWithSignal(answer, stalled.asMono(), refused)
        .doOnSubscribe(subscription -> watch.add(this))
        .doFinally(signal -> end(watch))
        .onErrorMap(TimeoutException.class, late -> Refusal.busy())
        .onErrorResume(
            Refusal.class,
            refusal -> response.isCommitted() ? Mono.error(refusal) : refusal.writeTo(response));
  }

  private Publisher<DataBuffer> produced(Script script, GitWorkers.Place place) {
    Publisher<DataBuffer> output =
        DataBufferUtils.outputStreamPublisher(
            out -> playOnWorker(script, out), response.bufferFactory(), place, CHUNK);
    return Flux.from(output).doOnNext(buffer -> moved());
  }

  private void playOnWorker(Script script, OutputStream out) {
    try (RequestInput in = new RequestInput(request.getBody(), this::moved)) {
      input.set(in);
      if (over) {
        return; // the client went while this waited for its turn
      }
      script.play(in, out);
      Drain.rest(in, drainLimit); // clients read the answer only after they have sent everything
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Error e) { // else nobody would ever complete the response
      throw new IllegalStateException(e);
    }
  }

  private void end(StallWatch watch) {
    over = true;
    watch.remove(this);
    RequestInput in = input.get();
    if (in != null) {
      in.abort("the conversation is over");
    }
  }

  private void moved() {
    lastMove = System.nanoTime();
  }

  /** Ends the conversation if neither side has moved for too long. */
  void checkProgress() {
    if (System.nanoTime() - lastMove > idleTimeout.toNanos()) {
      stalled.tryEmitError(new TimeoutException());
    }
  }
}
