package io.crontopus.query.endpoint;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.instance.Instances;
import io.crontopus.query.instance.PastInstances;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.page.RequestText;
import io.crontopus.query.past.AsOf;
import io.crontopus.query.past.Moment;
import io.crontopus.query.past.Past;
import io.crontopus.web.Callers;
import io.crontopus.web.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What can be read under {@code /api/endpoints}. */
@RestController
public final class EndpointController {

  private final Endpoints endpoints;
  private final PastEndpoints pastEndpoints;
  private final Instances instances;
  private final PastInstances pastInstances;
  private final Past past;

  public EndpointController(
      Endpoints endpoints,
      PastEndpoints pastEndpoints,
      Instances instances,
      PastInstances pastInstances,
      Past past) {
    this.endpoints = endpoints;
    this.pastEndpoints = pastEndpoints;
    this.instances = instances;
    this.pastInstances = pastInstances;
    this.past = past;
  }

  /** Endpoints, by name. */
  @GetMapping("/api/endpoints")
  Mono<EndpointPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String platform,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      ServerHttpResponse response) {
    Callers.require(caller, Scope.READ_AGENTS);
    EndpointStatus wanted = status(status);
    String system = RequestText.filter("platform", platform);
    String text = RequestText.filter("q", q);
    AsOf when = past.asked(asOf, cursor);
    PageRequest page = PageRequest.of(limit, when.cursor(), Endpoints.CURSOR_KEYS);
    return past.answer(
        caller.tenantId(),
        when,
        response,
        () -> endpoints.list(caller.tenantId(), wanted, system, text, page),
        moment -> pastEndpoints.list(caller.tenantId(), moment, wanted, system, text, page));
  }

  /** One endpoint; endpoints themselves may ask for their own. */
  @GetMapping("/api/endpoints/{id}")
  Mono<EndpointView> show(
      Caller caller,
      @PathVariable String id,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      ServerHttpResponse response) {
    Callers.requireEndpoint(caller, id, Scope.READ_AGENTS);
    return past.answer(
        caller.tenantId(),
        past.asked(asOf),
        response,
        () -> find(caller, id),
        moment -> find(caller, moment, id));
  }

  /** The jobs that an endpoint's scheduler has. */
  @GetMapping("/api/endpoints/{id}/jobs")
  Mono<EndpointJobsPage> jobs(
      Caller caller,
      @PathVariable String id,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      ServerHttpResponse response) {
    Callers.requireEndpoint(caller, id, Scope.READ_AGENTS);
    AsOf when = past.asked(asOf, cursor);
    PageRequest page = PageRequest.of(limit, when.cursor(), EndpointJobsPage.CURSOR_KEYS);
    return past.answer(
        caller.tenantId(),
        when,
        response,
        () ->
            find(caller, id)
                .then(Mono.defer(() -> instances.ofEndpoint(caller.tenantId(), id, page)))
                .map(rows -> EndpointJobsPage.of(rows, page)),
        moment ->
            find(caller, moment, id)
                .then(
                    Mono.defer(() -> pastInstances.ofEndpoint(caller.tenantId(), moment, id, page)))
                .map(rows -> EndpointJobsPage.of(rows, page).asOf(moment)));
  }

  private Mono<EndpointView> find(Caller caller, String id) {
    return endpoints
        .find(caller.tenantId(), RequestText.name("endpoint", id))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("endpoint")));
  }

  private Mono<EndpointView> find(Caller caller, Moment moment, String id) {
    return pastEndpoints
        .find(caller.tenantId(), moment, RequestText.name("endpoint", id))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("endpoint")));
  }

  private static @Nullable EndpointStatus status(@Nullable String status) {
    List<String> names =
        RequestText.anyOf(
            "status", status == null ? null : List.of(status), EndpointStatus.names());
    if (names.size() > 1) {
      throw Problem.invalid("status", "must be a single one");
    }
    return names.isEmpty()
        ? null
        : EndpointStatus.valueOf(names.getFirst().toUpperCase(Locale.ROOT));
  }
}
