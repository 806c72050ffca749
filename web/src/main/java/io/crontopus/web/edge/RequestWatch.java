package io.crontopus.web.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client sends its request, or takes its answer, too slowly. It looks
 * from time to time instead of setting a timer for each request, and never at a clock: what it
 * costs a request is a few fields.
 *
 * <p>Requests that are streams by nature, heartbeats and Git, have rules of their own for as long
 * as they are not answered. Time in which the platform itself does not read is nobody's fault.
 */
final class RequestWatch {

  /** What a connection was closed for. */
  enum Fault {
    HEADER,
    BODY,
    ANSWER
  }

  private enum Phase {
    IDLE,
    HEAD,
    BODY,
    STREAM
  }

  /**
   * What is too slow.
   *
   * @param everyMillis how often to look
   * @param headLooks how many looks a head may take
   * @param bodyLooks how many looks in a row may find a slow body
   * @param bodyBytes what a body brings at least from one look to the next
   * @param answerLooks how many looks in a row may find an answer that does not move
   */
  record Patience(long everyMillis, int headLooks, int bodyLooks, long bodyBytes, int answerLooks) {

    static Patience of(HttpSettings.Clients clients) {
      long every =
          Math.max(
              1,
              Math.min(clients.headerTimeout().toMillis(), clients.bodyTimeout().toMillis()) / 4);
      return new Patience(
          every,
          Math.toIntExact(Math.ceilDiv(clients.headerTimeout().toMillis(), every)),
          Math.toIntExact(Math.ceilDiv(clients.bodyTimeout().toMillis(), every)),
          Math.max(1, clients.bodyRate().toBytes() * every / 1_000),
          Math.toIntExact(Math.ceilDiv(clients.answerTimeout().toMillis(), every)));
    }
  }

  private final Patience patience;
  private final Consumer<Fault> onFault;
  private Phase phase = Phase.IDLE;
  private boolean reading;
  private long received;
  private int unanswered;
  private int slowLooks;
  private int stuckLooks;
  private int stuckOn;
  private long stuckAt;

  /**
   * Watches one connection.
   *
   * @param onFault is told before the connection is closed
   */
  RequestWatch(Patience patience, Consumer<Fault> onFault) {
    this.patience = patience;
    this.onFault = onFault;
  }

  /** The part that sees bytes, to be put before the codec. */
  ChannelDuplexHandler bytes() {
    return new Bytes();
  }

  /** The part that sees requests and answers, to be put behind the codec. */
  ChannelDuplexHandler messages() {
    return new Messages();
  }

  private @Nullable Fault look(@Nullable ChannelOutboundBuffer out) {
    if (isStuck(out)) {
      return Fault.ANSWER;
    }
    long arrived = received;
    received = 0;
    switch (phase) {
      case IDLE, STREAM -> slowLooks = 0;
      case HEAD -> {
        if (++slowLooks > patience.headLooks()) {
          return Fault.HEADER;
        }
      }
      case BODY -> {
        if (arrived >= patience.bodyBytes()) {
          slowLooks = 0;
        } else if (reading && ++slowLooks > patience.bodyLooks()) {
          return Fault.BODY;
        }
      }
    }
    return null;
  }

  private boolean isStuck(@Nullable ChannelOutboundBuffer out) {
    Object first = out == null ? null : out.current();
    if (out == null || first == null) {
      stuckLooks = 0;
      return false;
    }
    boolean same = System.identityHashCode(first) == stuckOn && out.currentProgress() == stuckAt;
    stuckOn = System.identityHashCode(first);
    stuckAt = out.currentProgress();
    stuckLooks = same ? stuckLooks + 1 : 0;
    return stuckLooks > patience.answerLooks();
  }

  private void enter(Phase next) {
    phase = next;
    slowLooks = 0;
    received = 0;
  }

  /** Heartbeats and Git: an endless body, or one that is read as fast as JGit works. */
  private static boolean isStream(String uri) {
    return uri.startsWith("/git/")
        || (uri.startsWith("/api/endpoints/") && uri.endsWith("/heartbeats"));
  }

  private final class Bytes extends ChannelDuplexHandler {

    private @Nullable ScheduledFuture<?> looks;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      looks =
          ctx.executor()
              .scheduleAtFixedRate(
                  () -> look(ctx),
                  patience.everyMillis(),
                  patience.everyMillis(),
                  TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
      if (looks != null) {
        looks.cancel(false);
      }
    }

    private void look(ChannelHandlerContext ctx) {
      Fault fault = RequestWatch.this.look(ctx.channel().unsafe().outboundBuffer());
      if (fault != null) {
        onFault.accept(fault);
        var _ = ctx.close();
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      reading = false;
      if (message instanceof ByteBuf buffer) {
        received += buffer.readableBytes();
        if (phase == Phase.IDLE) {
          enter(Phase.HEAD);
        }
      }
      ctx.fireChannelRead(message);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
      reading = true;
      ctx.read();
    }
  }

  private final class Messages extends ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (message instanceof HttpRequest request) {
        unanswered++;
        enter(isStream(request.uri()) ? Phase.STREAM : Phase.BODY);
      }
      if (message instanceof LastHttpContent) {
        enter(Phase.IDLE);
      }
      ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      boolean last =
          message instanceof LastHttpContent
              && !(message instanceof HttpResponse response
                  && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
      if (last && unanswered > 0 && --unanswered == 0 && phase == Phase.STREAM) {
        enter(Phase.BODY); // what still comes is for nobody
      }
      var _ = ctx.write(message, promise);
    }
  }
}
