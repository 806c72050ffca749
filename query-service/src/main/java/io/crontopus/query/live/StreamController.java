package io.crontopus.query.live;

import io.crontopus.identity.Caller;
import io.crontopus.query.page.RequestText;
import io.crontopus.web.Callers;
import io.crontopus.web.stream.OpenStreams;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** {@code /api/stream}. */
@RestController
public final class StreamController {

  /** A client then comes back with its cursor, and its credential is looked at again. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final LiveHub hub;
  private final OpenStreams open;

  public StreamController(LiveHub hub, OpenStreams open) {
    this.hub = hub;
    this.open = open;
  }

  /** What changes, as server-sent events. */
  @GetMapping(path = "/api/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<Flux<ServerSentEvent<String>>> stream(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> topics,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String header,
      @RequestParam(name = "last_event_id", required = false) @Nullable String parameter,
      ServerWebExchange exchange) {
    Set<Topic> wanted = topics(topics);
    wanted.forEach(topic -> Callers.require(caller, topic.scope()));
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .header("X-Accel-Buffering", "no")
        .body(
            hub.watch(caller.tenantId(), wanted, header != null ? header : parameter)
                .takeUntilOther(open.end(caller, exchange))
                .take(LONGEST));
  }

  private static Set<Topic> topics(@Nullable List<String> parameter) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    RequestText.anyOf("topics", parameter, Topic.names())
        .forEach(name -> Topic.named(name).ifPresent(topics::add));
    return topics.isEmpty() ? EnumSet.allOf(Topic.class) : topics;
  }
}
