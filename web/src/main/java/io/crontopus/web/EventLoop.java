package io.crontopus.web;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.netty.http.server.HttpServerRequest;

/** The thread that a request's connection belongs to: answering there costs no change of thread. */
public final class EventLoop {

  private EventLoop() {}

  /** Runs on the request's thread; on the caller's when the request came by no connection. */
  public static Executor of(ServerWebExchange exchange) {
    Object request = nativeRequest(exchange);
    if (!(request instanceof HttpServerRequest http)) {
      return Runnable::run;
    }
    AtomicReference<Executor> loop = new AtomicReference<>(Runnable::run);
    http.withConnection(connection -> loop.set(connection.channel().eventLoop()));
    return loop.get();
  }

  private static Object nativeRequest(ServerWebExchange exchange) {
    return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
  }
}
