package io.crontopus.command.run;

import io.crontopus.command.run.CheckInController.CheckInAnswer;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.run.CheckInAccepted;
import java.util.concurrent.Executor;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.MonoSink;

/** Answers the request of one check-in, on the thread that its connection belongs to. */
record SingleReply(MonoSink<ResponseEntity<CheckInAnswer>> sink, Executor loop) implements Reply {

  @Override
  public void accepted(CheckInAccepted answer) {
    ResponseEntity<CheckInAnswer> response =
        ResponseEntity.status(CheckInController.statusOf(answer.known()))
            .body(new CheckInAnswer(answer.runId(), answer.status().wireName()));
    loop.execute(() -> sink.success(response));
  }

  @Override
  public void failed(RuntimeException reason) {
    loop.execute(() -> sink.error(Rejections.problem(reason)));
  }
}
