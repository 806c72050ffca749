package io.crontopus.query.job;

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
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What can be read under {@code /api/jobs}, runs apart. */
@RestController
public final class JobController {

  private final Jobs jobs;
  private final PastJobs pastJobs;
  private final Instances instances;
  private final PastInstances pastInstances;
  private final Past past;

  public JobController(
      Jobs jobs, PastJobs pastJobs, Instances instances, PastInstances pastInstances, Past past) {
    this.jobs = jobs;
    this.pastJobs = pastJobs;
    this.instances = instances;
    this.pastInstances = pastInstances;
    this.past = past;
  }

  /** Jobs, by namespace and name. */
  @GetMapping("/api/jobs")
  Mono<JobPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> status,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam(required = false) @Nullable List<String> label,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      ServerHttpResponse response) {
    Callers.require(caller, Scope.READ_JOBS);
    JobFilter filter = JobFilter.of(status, namespace, label, q);
    AsOf when = past.asked(asOf, cursor);
    PageRequest page = PageRequest.of(limit, when.cursor(), Jobs.CURSOR_KEYS);
    return past.answer(
        caller.tenantId(),
        when,
        response,
        () -> jobs.list(caller.tenantId(), filter, page),
        moment -> pastJobs.list(caller.tenantId(), moment, filter, page));
  }

  /** One job with its definition. */
  @GetMapping("/api/jobs/{namespace}/{name}")
  Mono<JobDetail> show(
      Caller caller,
      @PathVariable String namespace,
      @PathVariable String name,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      ServerHttpResponse response) {
    Callers.require(caller, Scope.READ_JOBS);
    return past.answer(
        caller.tenantId(),
        past.asked(asOf),
        response,
        () -> find(caller, namespace, name),
        moment -> find(caller, moment, namespace, name));
  }

  /** The endpoints that have a job in their scheduler. */
  @GetMapping("/api/jobs/{namespace}/{name}/endpoints")
  Mono<JobEndpointsPage> endpoints(
      Caller caller,
      @PathVariable String namespace,
      @PathVariable String name,
      @RequestParam(name = "as_of", required = false) @Nullable String asOf,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      ServerHttpResponse response) {
    Callers.require(caller, Scope.READ_JOBS);
    AsOf when = past.asked(asOf, cursor);
    PageRequest page = PageRequest.of(limit, when.cursor(), JobEndpointsPage.CURSOR_KEYS);
    return past.answer(
        caller.tenantId(),
        when,
        response,
        () ->
            find(caller, namespace, name)
                .flatMap(detail -> instances.ofJob(caller.tenantId(), detail.job().jobId(), page))
                .map(rows -> JobEndpointsPage.of(rows, page)),
        moment ->
            find(caller, moment, namespace, name)
                .flatMap(
                    detail ->
                        pastInstances.ofJob(caller.tenantId(), moment, detail.job().jobId(), page))
                .map(rows -> JobEndpointsPage.of(rows, page).asOf(moment)));
  }

  private Mono<JobDetail> find(Caller caller, String namespace, String name) {
    return jobs.find(
            caller.tenantId(), RequestText.name("job", namespace), RequestText.name("job", name))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("job")));
  }

  private Mono<JobDetail> find(Caller caller, Moment moment, String namespace, String name) {
    return pastJobs
        .find(
            caller.tenantId(),
            moment,
            RequestText.name("job", namespace),
            RequestText.name("job", name))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("job")));
  }
}
