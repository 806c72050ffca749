package io.crontopus.query.job;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.instance.Instances;
import io.crontopus.query.page.PageRequest;
import io.crontopus.query.page.RequestText;
import io.crontopus.web.Callers;
import io.crontopus.web.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What can be read under {@code /api/jobs}, runs apart. */
@RestController
public final class JobController {

  private final Jobs jobs;
  private final Instances instances;

  public JobController(Jobs jobs, Instances instances) {
    this.jobs = jobs;
    this.instances = instances;
  }

  /** Jobs, by namespace and name. */
  @GetMapping("/api/jobs")
  Mono<JobPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> status,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam(required = false) @Nullable List<String> label,
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_JOBS);
    return jobs.list(
        caller.tenantId(),
        JobFilter.of(status, namespace, label, q),
        PageRequest.of(limit, cursor, Jobs.CURSOR_KEYS));
  }

  /** One job with its definition. */
  @GetMapping("/api/jobs/{namespace}/{name}")
  Mono<JobDetail> show(Caller caller, @PathVariable String namespace, @PathVariable String name) {
    Callers.require(caller, Scope.READ_JOBS);
    return find(caller, namespace, name);
  }

  /** The endpoints that have a job in their scheduler. */
  @GetMapping("/api/jobs/{namespace}/{name}/endpoints")
  Mono<JobEndpointsPage> endpoints(
      Caller caller,
      @PathVariable String namespace,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_JOBS);
    PageRequest page = PageRequest.of(limit, cursor, JobEndpointsPage.CURSOR_KEYS);
    return find(caller, namespace, name)
        .flatMap(detail -> instances.ofJob(caller.tenantId(), detail.job().jobId(), page))
        .map(rows -> JobEndpointsPage.of(rows, page));
  }

  private Mono<JobDetail> find(Caller caller, String namespace, String name) {
    return jobs.find(
            caller.tenantId(), RequestText.name("job", namespace), RequestText.name("job", name))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("job")));
  }
}
