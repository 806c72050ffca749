package io.crontopus.query.endpoint;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.instance.Instances;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.page.RequestText;
import io.crontopus.web.Callers;
import io.crontopus.web.Problem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What can be read under {@code /api/endpoints}. */
@RestController
public final class EndpointController {

  private final Endpoints endpoints;
  private final Instances instances;

  public EndpointController(Endpoints endpoints, Instances instances) {
    this.endpoints = endpoints;
    this.instances = instances;
  }

  /** Endpoints, by name. */
  @GetMapping("/api/endpoints")
  Mono<EndpointPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String platform,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_AGENTS);
    return endpoints.list(
        caller.tenantId(),
        status(status),
        RequestText.filter("platform", platform),
        RequestText.filter("q", q),
        PageRequest.of(limit, cursor, Endpoints.CURSOR_KEYS));
  }

  /** One endpoint; endpoints themselves may ask for their own. */
  @GetMapping("/api/endpoints/{id}")
  Mono<EndpointView> show(Caller caller, @PathVariable String id) {
    Callers.requireEndpoint(caller, id, Scope.READ_AGENTS);
    return find(caller, id);
  }

  /** The jobs that an endpoint's scheduler has. */
  @GetMapping("/api/endpoints/{id}/jobs")
  Mono<EndpointJobsPage> jobs(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.requireEndpoint(caller, id, Scope.READ_AGENTS);
    PageRequest page = PageRequest.of(limit, cursor, EndpointJobsPage.CURSOR_KEYS);
    return find(caller, id)
        .then(Mono.defer(() -> instances.ofEndpoint(caller.tenantId(), id, page)))
        .map(rows -> EndpointJobsPage.of(rows, page));
  }

  private Mono<EndpointView> find(Caller caller, String id) {
    return endpoints
        .find(caller.tenantId(), RequestText.name("endpoint", id))
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
