package io.crontopus.command.run;

import io.crontopus.command.run.intake.Reply;
import io.crontopus.command.run.intake.RunCommand;
import io.crontopus.command.run.intake.RunIntake;
import io.crontopus.identity.Caller;
import io.crontopus.run.commands.ReportCheckIn;
import io.crontopus.web.EventLoop;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import io.crontopus.web.RequestCheck;
import io.crontopus.web.TraceFilter;
import io.crontopus.web.usage.UsageCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes check-ins; answers after they are durable. Plain single ones take {@link CheckInRoute}. */
@RestController
class CheckInController {

  private static final int MOST_IN_A_BATCH = 1_000;

  private final RunIntake intake;
  private final CheckInReader reader;
  private final UsageCounters usage;

  CheckInController(RunIntake intake, CheckInReader reader, UsageCounters usage) {
    this.intake = intake;
    this.reader = reader;
    this.usage = usage;
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
    ReportCheckIn checkIn = reader.read(request, caller);
    Origin origin = Origin.of(caller, TraceFilter.traceId(exchange));
    Executor loop = EventLoop.of(exchange);
    return Mono.create(
        sink ->
            intake.take(
                List.of(
                    new RunCommand.CheckIn(
                        checkIn, origin, counted(new SingleReply(sink, loop), caller)))));
  }

  /**
   * Many check-ins, taken together; each has a result of its own, and those of one job are taken in
   * their order.
   */
  @PostMapping("/api/checkins/batch")
  Mono<BatchAnswer> checkIns(@RequestBody Batch batch, Caller caller, ServerWebExchange exchange) {
    RequestCheck check = new RequestCheck();
    List<@Nullable CheckInRequest> requests =
        batch.checkins() == null ? List.of() : batch.checkins();
    check.that(batch.checkins() != null, "/checkins", "is required");
    check.that(
        requests.size() <= MOST_IN_A_BATCH, "/checkins", "at most " + MOST_IN_A_BATCH + " at once");
    check.done();
    Origin origin = Origin.of(caller, TraceFilter.traceId(exchange));
    Executor loop = EventLoop.of(exchange);
    return Mono.create(
        sink -> {
          BatchReply reply = new BatchReply(requests.size(), sink, loop, origin.traceId());
          List<RunCommand> commands = new ArrayList<>(requests.size());
          for (int i = 0; i < requests.size(); i++) {
            try {
              ReportCheckIn checkIn = reader.read(required(requests.get(i)), caller);
              commands.add(new RunCommand.CheckIn(checkIn, origin, counted(reply.item(i), caller)));
            } catch (Problem problem) {
              reply.refused(i, problem);
            }
          }
          intake.take(commands);
          reply.allTaken();
        });
  }

  private Reply counted(Reply reply, Caller caller) {
    return new CountedReply(reply, caller.tenantId(), usage);
  }

  private static CheckInRequest required(@Nullable CheckInRequest request) {
    if (request == null) {
      throw Problem.invalid("", "is required");
    }
    return request;
  }

  static HttpStatus statusOf(boolean known) {
    return known ? HttpStatus.OK : HttpStatus.CREATED;
  }
}
