package io.crontopus.query.run;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
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

/** {@code /api/runs}, and the runs of one job. */
@RestController
public final class RunController {

  private final Runs runs;

  public RunController(Runs runs) {
    this.runs = runs;
  }

  /** Runs, newest first. */
  @GetMapping("/api/runs")
  Mono<RunPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(required = false) @Nullable String namespace,
      @RequestParam(name = "endpoint_id", required = false) @Nullable String endpointId,
      @RequestParam(required = false) @Nullable List<String> status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable List<String> include,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_RUNS);
    return runs.list(
        caller.tenantId(),
        RunFilter.of(namespace, job, endpointId, status, from, to, include),
        PageRequest.of(limit, cursor, Runs.CURSOR_KEYS));
  }

  /** Runs of a job, newest first; of a name that never reported, none. */
  @GetMapping("/api/jobs/{namespace}/{name}/runs")
  Mono<RunPage> listOfJob(
      Caller caller,
      @PathVariable String namespace,
      @PathVariable String name,
      @RequestParam(name = "endpoint_id", required = false) @Nullable String endpointId,
      @RequestParam(required = false) @Nullable List<String> status,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable List<String> include,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_RUNS);
    return runs.list(
        caller.tenantId(),
        RunFilter.of(
            RequestText.name("job", namespace),
            RequestText.name("job", name),
            endpointId,
            status,
            from,
            to,
            include),
        PageRequest.of(limit, cursor, Runs.CURSOR_KEYS));
  }

  /** One run with its output. */
  @GetMapping("/api/runs/{id}")
  Mono<RunView> show(Caller caller, @PathVariable String id) {
    Callers.require(caller, Scope.READ_RUNS);
    return runs.find(caller.tenantId(), RequestText.name("run", id))
        .switchIfEmpty(Mono.error(() -> Problem.notFound("run")));
  }
}
