package io.crontopus.command.run;

import io.crontopus.command.bus.Commands;
import io.crontopus.command.bus.Origin;
import io.crontopus.identity.Caller;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.run.CheckInRejected;
import io.crontopus.web.Problem;
import io.crontopus.web.ProblemHandler;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TraceFilter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes check-ins; answers after they are durable. */
@RestController
class CheckInController {

  private static final int MOST_IN_A_BATCH = 1_000;

  private final Commands commands;
  private final CheckInReader reader;

  CheckInController(Commands commands, CheckInReader reader) {
    this.commands = commands;
    this.reader = reader;
  }

  record CheckInAnswer(String runId, String status) {}

  record Batch(@Nullable List<@Nullable CheckInRequest> checkins) {}

  record BatchItem(
      int code,
      @Nullable String runId,
      @Nullable String status,
      @Nullable Map<String, Object> problem) {}

  record BatchAnswer(List<BatchItem> results) {}

  /** One check-in: 201, or 200 when it was known already. */
  @PostMapping("/api/checkins")
  Mono<ResponseEntity<CheckInAnswer>> checkIn(
      @RequestBody CheckInRequest request, Caller caller, ServerWebExchange exchange) {
    return report(request, caller, exchange)
        .map(
            accepted ->
                ResponseEntity.status(accepted.known() ? HttpStatus.OK : HttpStatus.CREATED)
                    .body(new CheckInAnswer(accepted.runId(), accepted.status().wireName())));
  }

  /** Many check-ins, taken one after the other; each has a result of its own. */
  @PostMapping("/api/checkins/batch")
  Mono<BatchAnswer> checkIns(@RequestBody Batch batch, Caller caller, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    List<@Nullable CheckInRequest> requests =
        batch.checkins() == null ? List.of() : batch.checkins();
    check.that(batch.checkins() != null, "/checkins", "is required");
    check.that(
        requests.size() <= MOST_IN_A_BATCH, "/checkins", "at most " + MOST_IN_A_BATCH + " at once");
    check.done();
    return Flux.range(0, requests.size())
        .concatMap(index -> item(requests.get(index), caller, exchange))
        .collectList()
        .map(BatchAnswer::new);
  }

  private Mono<BatchItem> item(
      @Nullable CheckInRequest request, Caller caller, ServerWebExchange exchange) {
    if (request == null) {
      return Mono.just(failed(Problem.invalid("", "is required"), exchange));
    }
    return report(request, caller, exchange)
        .map(
            accepted ->
                new BatchItem(
                    accepted.known() ? HttpStatus.OK.value() : HttpStatus.CREATED.value(),
                    accepted.runId(),
                    accepted.status().wireName(),
                    null))
        .onErrorResume(
            problem -> problem instanceof Problem p && p.status().is4xxClientError(),
            problem -> Mono.just(failed((Problem) problem, exchange)));
  }

  private static BatchItem failed(Problem problem, ServerWebExchange exchange) {
    return new BatchItem(
        problem.status().value(),
        null,
        null,
        ProblemHandler.document(problem, TraceFilter.traceId(exchange)));
  }

  private Mono<CheckInAccepted> report(
      CheckInRequest request, Caller caller, ServerWebExchange exchange) {
    return Mono.defer(
            () ->
                commands.send(
                    reader.read(request, caller),
                    Origin.of(caller, TraceFilter.traceId(exchange)),
                    CheckInAccepted.class))
        .onErrorMap(CheckInRejected.class, CheckInController::problem);
  }

  private static Problem problem(CheckInRejected rejected) {
    String code =
        switch (rejected.reason()) {
          case RUN_OF_ANOTHER_JOB -> "run-of-another-job";
          case NO_OPEN_RUN -> "no-open-run";
          case TOO_MUCH_OUTPUT -> "too-much-output";
        };
    return Problem.of(HttpStatus.CONFLICT, code, String.valueOf(rejected.getMessage()));
  }
}
