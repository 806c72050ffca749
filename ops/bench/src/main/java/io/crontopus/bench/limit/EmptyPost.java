package io.crontopus.bench.limit;

import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A process of the platform's kind with a POST that reads JSON, does nothing and answers JSON; and
 * beside it a server that answers with bytes that are ready, which shows what the generator of load
 * can do at most.
 */
public final class EmptyPost {

  private EmptyPost() {}

  record Body(String job_name, String run_id, String status) {}

  record Answer(String run_id, String status) {}

  @RestController
  static final class Route {

    @PostMapping("/empty")
    Mono<ResponseEntity<Answer>> post(@RequestBody Body body) {
      return Mono.just(
          ResponseEntity.status(HttpStatus.CREATED).body(new Answer(body.run_id(), body.status())));
    }
  }

  /** Counts lines and acknowledges them as they come. */
  @RestController
  static final class Lines {

    @PostMapping("/lines")
    Mono<Void> count(ServerWebExchange exchange) {
      ServerHttpResponse response = exchange.getResponse();
      long[] lines = new long[1];
      // The first answer comes before any line, so that a client sees the stream open.
      return response.writeAndFlushWith(
          exchange
              .getRequest()
              .getBody()
              .map(buffer -> acknowledge(response, lines[0] += linesIn(buffer)))
              .startWith(Mono.fromSupplier(() -> acknowledge(response, 0))));
    }

    private static Mono<DataBuffer> acknowledge(ServerHttpResponse response, long lines) {
      String answer = "{\"acked\":" + lines + "}\n";
      return Mono.just(response.bufferFactory().wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    private static long linesIn(DataBuffer buffer) {
      long count = 0;
      for (int at = buffer.readPosition(); at < buffer.writePosition(); at++) {
        count += buffer.getByte(at) == '\n' ? 1 : 0;
      }
      DataBufferUtils.release(buffer);
      return count;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  @Import({Route.class, Lines.class})
  static class Web {}

  /** Says {@code ready PORT PORT}: the POST's port, and that of the answers that are ready. */
  public static void main(String[] args) throws Exception {
    try (var context = new AnnotationConfigApplicationContext(Web.class)) {
      DisposableServer server =
          HttpServer.create()
              .host("127.0.0.1")
              .port(0)
              .handle(
                  new ReactorHttpHandlerAdapter(
                      WebHttpHandlerBuilder.applicationContext(context).build()))
              .bindNow();
      ReadyAnswers ready = ReadyAnswers.start();
      System.out.println("ready " + server.port() + " " + ready.port());
      server.onDispose().block();
    }
  }
}
