package io.crontopus.command.run;

import io.crontopus.command.run.CheckInController.BatchAnswer;
import io.crontopus.command.run.CheckInController.BatchItem;
import io.crontopus.command.run.intake.Reply;
import io.crontopus.run.CheckInAccepted;
import io.crontopus.web.Problem;
import io.crontopus.web.ProblemHandler;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * Answers a request of many check-ins after the last of them has its outcome. What is wrong with
 * one is told in its place; what is wrong with the platform fails the whole request, so that its
 * sender tries again.
 */
final class BatchReply {

  private final AtomicReferenceArray<@Nullable BatchItem> results;
  private final AtomicReference<@Nullable RuntimeException> broken = new AtomicReference<>();
  private final AtomicInteger missing;
  private final MonoSink<BatchAnswer> sink;
  private final Executor loop;
  private final String traceId;

  BatchReply(int size, MonoSink<BatchAnswer> sink, Executor loop, String traceId) {
    this.results = new AtomicReferenceArray<>(size);
    // One more than there are items: the answer waits until all were handed over.
    this.missing = new AtomicInteger(size + 1);
    this.sink = sink;
    this.loop = loop;
    this.traceId = traceId;
  }

  /** Who waits for the outcome of the check-in in this place. */
  Reply item(int place) {
    return new Reply() {
      @Override
      public void accepted(CheckInAccepted answer) {
        done(
            place,
            new BatchItem(
                CheckInController.statusOf(answer.known()).value(),
                answer.runId(),
                answer.status().wireName(),
                null));
      }

      @Override
      public void failed(RuntimeException reason) {
        RuntimeException problem = Rejections.problem(reason);
        if (problem instanceof Problem known && known.status().is4xxClientError()) {
          refused(place, known);
        } else {
          broken.set(problem);
          countDown();
        }
      }
    };
  }

  /** The check-in in this place cannot be taken. */
  void refused(int place, Problem problem) {
    done(
        place,
        new BatchItem(
            problem.status().value(), null, null, ProblemHandler.document(problem, traceId)));
  }

  /** All check-ins were handed over. */
  void allTaken() {
    countDown();
  }

  private void done(int place, BatchItem result) {
    results.set(place, result);
    countDown();
  }

  private void countDown() {
    if (missing.decrementAndGet() == 0) {
      loop.execute(this::answer);
    }
  }

  private void answer() {
    RuntimeException failure = broken.get();
    if (failure != null) {
      sink.error(failure);
    } else {
      sink.success(new BatchAnswer(inOrder()));
    }
  }

  private List<BatchItem> inOrder() {
    @Nullable BatchItem[] items = new BatchItem[results.length()];
    IntStream.range(0, items.length).forEach(i -> items[i] = results.get(i));
    return Arrays.asList(items);
  }
}
