package io.crontopus.web.edge;

import io.crontopus.identity.Caller;
import io.crontopus.web.Problem;
import io.crontopus.web.ProblemHandler;
import io.crontopus.web.limit.LimitConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The edge on a port of its own, in front of routes that are named like the platform's and do
 * nothing. Who calls is what a header says.
 */
public final class EdgeServer implements AutoCloseable {

  /** The header that says who calls: a kind of caller and an id. */
  public static final String CALLER = "Test-Caller";

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private EdgeServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts a server with these settings, each {@code name=value}. */
  public static EdgeServer start(String... settings) {
    return new EdgeServer(
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.REACTIVE)
            .run(
                Stream.concat(
                        Stream.of(
                            "server.port=0",
                            "server.address=127.0.0.1",
                            "logging.level.root=warn",
                            "spring.main.banner-mode=off"),
                        Arrays.stream(settings))
                    .map(setting -> "--" + setting)
                    .toArray(String[]::new)));
  }

  /** The port it listens on. */
  public int port() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  /** How often a counter has counted. */
  public double count(String name, String tag, String value) {
    return context.getBean(MeterRegistry.class).counter(name, tag, value).count();
  }

  /** Asks for a page. */
  public HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, "", headers);
  }

  /** Sends something. */
  public HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return send("POST", path, body, headers);
  }

  /** Sends whatever it is. */
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({EdgeConfiguration.class, LimitConfiguration.class, Routes.class})
  static class Application {

    @Bean
    MeterRegistry metrics() {
      return new SimpleMeterRegistry();
    }

    /** Its own threads: those that all share end with the first server that does. */
    @Bean
    ReactorResourceFactory resources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      resources.setShutdownQuietPeriod(Duration.ZERO);
      return resources;
    }

    @Bean
    @Order(-2)
    ProblemHandler problems(JsonMapper json) {
      return new ProblemHandler(json);
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 2)
    WebFilter callers() {
      return (exchange, chain) -> {
        String caller = exchange.getRequest().getHeaders().getFirst(CALLER);
        if (caller != null) {
          String[] kindAndId = caller.split(" ");
          exchange
              .getAttributes()
              .put(
                  Caller.class.getName(),
                  new Caller(
                      Caller.Kind.valueOf(kindAndId[0]),
                      "acme",
                      kindAndId[1],
                      Set.of(),
                      List.of(),
                      null));
        }
        return chain.filter(exchange);
      };
    }
  }

  @RestController
  static final class Routes {

    @GetMapping({"/", "/api/runs", "/health"})
    String get(ServerWebExchange exchange) {
      return ClientAddress.textOf(exchange) + " " + exchange.getRequest().getURI().getScheme();
    }

    @GetMapping("/ping/{key}")
    Mono<String> ping() {
      return Mono.error(new IllegalStateException("broken"));
    }

    @PostMapping({"/api/checkins", "/api/endpoints/enroll", "/api/endpoints/e/heartbeat"})
    @ResponseStatus(HttpStatus.CREATED)
    String post(@RequestBody String body) {
      return body;
    }

    @PostMapping("/api/auth/register")
    @ResponseStatus(HttpStatus.CREATED)
    String register(@RequestBody String body) {
      if (body.equals("bad")) {
        throw Problem.invalid("/username", "is required");
      }
      return body;
    }

    @PostMapping("/api/auth/login")
    Mono<String> login(ServerWebExchange exchange) {
      return exchange
          .getFormData()
          .map(
              form -> {
                if (!"right".equals(form.getFirst("password"))) {
                  throw Problem.unauthenticated("the user name or the password is wrong");
                }
                return "welcome";
              });
    }

    /** Answers each piece as it comes, as heartbeats are. */
    @PostMapping("/api/endpoints/e/heartbeats")
    Mono<Void> stream(ServerWebExchange exchange) {
      var response = exchange.getResponse();
      Flux<byte[]> lines =
          exchange
              .getRequest()
              .getBody()
              .map(
                  buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return bytes;
                  });
      return response.writeAndFlushWith(
          lines
              .startWith("open\n".getBytes(StandardCharsets.US_ASCII))
              .map(line -> Mono.just(response.bufferFactory().wrap(line))));
    }

    /** More than any socket buffers. */
    @GetMapping("/api/export")
    Flux<String> export() {
      String line = "x".repeat(1 << 16);
      return Flux.range(0, 2_000).map(_ -> line);
    }
  }
}
