package io.crontopus.command.run;

import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.identity.Caller;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.AuthenticationFilter;
import io.crontopus.web.EventLoop;
import io.crontopus.web.Origin;
import io.crontopus.web.QuickJson;
import io.crontopus.web.TraceFilter;
import io.crontopus.web.usage.UsageCounters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The short way for the request that comes more often than all others together: one plain check-in
 * of an authenticated caller, answered without the machinery that finds and calls controllers.
 * Everything else, and every body that is not plain, goes to {@link CheckInController}, with the
 * body as it was; the answers are the same.
 */
final class CheckInRoute implements WebFilter {

  private static final String PATH = "/api/checkins";
  private static final int MAX_BODY_BYTES = 4 * 1024 * 1024;

  private final RunIntake intake;
  private final CheckInReader reader;
  private final QuickJson<CheckInRequest> json;
  private final UsageCounters usage;

  CheckInRoute(
      RunIntake intake, CheckInReader reader, QuickJson<CheckInRequest> json, UsageCounters usage) {
    this.intake = intake;
    this.reader = reader;
    this.json = json;
    this.usage = usage;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Caller caller = AuthenticationFilter.callerOf(exchange);
    if (caller == null || !isPlain(exchange.getRequest())) {
      return chain.filter(exchange);
    }
    return DataBufferUtils.join(exchange.getRequest().getBody(), MAX_BODY_BYTES)
        .map(CheckInRoute::bytes)
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> checkIn(body, caller, exchange, chain));
  }

  private static boolean isPlain(ServerHttpRequest request) {
    if (!HttpMethod.POST.equals(request.getMethod())
        || !request.getURI().getRawPath().equals(PATH)) {
      return false;
    }
    HttpHeaders headers = request.getHeaders();
    String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
    String accept = headers.getFirst(HttpHeaders.ACCEPT);
    return MediaType.APPLICATION_JSON_VALUE.equals(type)
        && (accept == null
            || accept.equals(MediaType.ALL_VALUE)
            || accept.equals(MediaType.APPLICATION_JSON_VALUE));
  }

  private Mono<Void> checkIn(
      byte[] body, Caller caller, ServerWebExchange exchange, WebFilterChain chain) {
    @Nullable CheckInRequest request = isAscii(body) ? json.read(body) : null;
    if (request == null) {
      return chain.filter(exchange.mutate().request(again(exchange.getRequest(), body)).build());
    }
    exchange.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
    ReportCheckIn checkIn = reader.read(request, caller);
    Origin origin = Origin.of(caller, TraceFilter.traceId(exchange));
    Executor loop = EventLoop.of(exchange);
    return Mono.<CheckInAccepted>create(
            sink ->
                intake.take(
                    List.of(
                        new RunCommand.CheckIn(
                            checkIn,
                            origin,
                            new CountedReply(reply(sink, loop), caller.tenantId(), usage)))))
        .flatMap(accepted -> answer(accepted, exchange.getResponse()));
  }

  private static Reply reply(MonoSink<CheckInAccepted> sink, Executor loop) {
    return new Reply() {
      @Override
      public void accepted(CheckInAccepted answer) {
        loop.execute(() -> sink.success(answer));
      }

      @Override
      public void failed(RuntimeException reason) {
        loop.execute(() -> sink.error(Rejections.problem(reason)));
      }
    };
  }

  private static Mono<Void> answer(CheckInAccepted accepted, ServerHttpResponse response) {
    // A run id needs no escaping, whoever made it.
    byte[] body =
        ("{\"run_id\":\"" + accepted.runId() + "\",\"status\":\"" + accepted.status().wireName())
            .concat("\"}")
            .getBytes(StandardCharsets.US_ASCII);
    response.setStatusCode(CheckInController.statusOf(accepted.known()));
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response.getHeaders().setContentLength(body.length);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
  }

  private static ServerHttpRequest again(ServerHttpRequest request, byte[] body) {
    return new ServerHttpRequestDecorator(request) {
      @Override
      public Flux<DataBuffer> getBody() {
        return body.length == 0
            ? Flux.empty()
            : Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)));
      }
    };
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  private static boolean isAscii(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all >= 0;
  }
}
