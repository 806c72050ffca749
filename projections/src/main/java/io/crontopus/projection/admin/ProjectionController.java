package io.crontopus.projection.admin;

import io.crontopus.identity.Caller;
import io.crontopus.projection.admin.OperatorLog.Act;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionAdmin.Status;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Problem;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Shows operators how far projections are, and rebuilds them. */
@RestController
@RequestMapping("/api/admin/projections")
class ProjectionController {

  private final ProjectionAdmin admin;
  private final OperatorLog log;
  private final BlockingWork blocking;
  private final Clock clock;

  ProjectionController(ProjectionAdmin admin, OperatorLog log, BlockingWork blocking, Clock clock) {
    this.admin = admin;
    this.log = log;
    this.blocking = blocking;
    this.clock = clock;
  }

  record Projections(List<ProjectionView> projections, @Nullable String nextCursor) {}

  /** All projections. */
  @GetMapping
  Mono<Projections> list(Caller caller) {
    Callers.requireOperator(caller);
    return blocking.call(
        () -> new Projections(admin.list().stream().map(this::view).toList(), null));
  }

  /** One projection. */
  @GetMapping("/{name}")
  Mono<ProjectionView> show(@PathVariable String name, Caller caller) {
    Callers.requireOperator(caller);
    return with(name, this::view);
  }

  /** Begins to fill a projection anew, while its rows go on to serve. */
  @PostMapping("/{name}/rebuild")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<ProjectionView> rebuild(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String reason,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    Act act = Act.of(caller, exchange, reason);
    return with(
        name,
        status -> {
          if (!status.rebuildable()) {
            throw Problem.of(
                HttpStatus.CONFLICT, "not-rebuildable", "projection " + name + " is not rebuilt");
          }
          log.tell(act, name, "rebuild");
          if (!admin.rebuild(name, caller.actor())) {
            throw Problem.of(
                HttpStatus.CONFLICT, "rebuild-under-way", "a rebuild of it is under way");
          }
          return view(admin.find(name).orElseThrow());
        });
  }

  /** Gives a rebuild up; what serves stays as it is. */
  @PostMapping("/{name}/abort")
  Mono<ProjectionView> abort(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String reason,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    Act act = Act.of(caller, exchange, reason);
    return with(
        name,
        status -> {
          log.tell(act, name, "abort");
          if (!admin.abort(name)) {
            throw Problem.of(HttpStatus.CONFLICT, "no-rebuild", "no rebuild of it is under way");
          }
          return view(admin.find(name).orElseThrow());
        });
  }

  private ProjectionView view(Status status) {
    return ProjectionView.of(status, clock.instant());
  }

  private <T> Mono<T> with(String name, Function<Status, T> work) {
    return blocking.call(
        () -> work.apply(admin.find(name).orElseThrow(() -> Problem.notFound("projection"))));
  }
}
