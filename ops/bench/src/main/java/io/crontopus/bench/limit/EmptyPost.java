package io.crontopus.bench.limit;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
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

  @Configuration(proxyBeanMethods = false)
  @EnableWebFlux
  @Import(Route.class)
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
