package io.crontopus.projection.admin;

import io.crontopus.eventstore.StoredEvent;
import io.crontopus.identity.Caller;
import io.crontopus.projection.admin.OperatorLog.Act;
import io.crontopus.projection.processing.ProjectionAdmin;
import io.crontopus.projection.processing.ProjectionAdmin.DeadLetter;
import io.crontopus.projection.processing.ProjectionAdmin.Retried;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Cursor;
import io.crontopus.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What projections could not take: shown, tried again, or dropped. */
@RestController
@RequestMapping("/api/admin/projections/{name}/dead-letters")
class DeadLetterController {

  private static final int MOST = 1_000;

  private final ProjectionAdmin admin;
  private final OperatorLog log;
  private final BlockingWork blocking;

  DeadLetterController(ProjectionAdmin admin, OperatorLog log, BlockingWork blocking) {
    this.admin = admin;
    this.log = log;
    this.blocking = blocking;
  }

  record Page(List<DeadLetter> deadLetters, @Nullable String nextCursor) {}

  /**
   * A dead letter with its event.
   *
   * @param payload the event as it is stored: JSON; null when its log holds it no more
   */
  record Shown(DeadLetter deadLetter, @Nullable String payload, @Nullable String metadata) {}

  /** A projection's parked events, in the order of the log. */
  @GetMapping
  Mono<Page> list(
      @PathVariable String name,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller) {
    Callers.requireOperator(caller);
    if (limit < 1 || limit > MOST) {
      throw Problem.invalid("limit", "must be between 1 and " + MOST);
    }
    long after = position(Cursor.decode(cursor, 1));
    return call(name, () -> page(admin.deadLetters(name, after, limit + 1), limit));
  }

  /** One parked event, with what it says: a tenant's data, which is not shown untold. */
  @GetMapping("/{id}")
  Mono<Shown> show(
      @PathVariable String name,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String reason,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    Act act = Act.of(caller, exchange, reason);
    return call(
        name,
        () -> {
          DeadLetter letter = letter(name, id);
          log.tell(act, name, "read", letter.position());
          Optional<StoredEvent> event = admin.event(name, letter);
          return new Shown(
              letter,
              event.map(found -> text(found.payload())).orElse(null),
              event
                  .flatMap(found -> Optional.ofNullable(found.metadata()))
                  .map(DeadLetterController::text)
                  .orElse(null));
        });
  }

  /** Gives the projection this event again, with those of its sequence, in order. */
  @PostMapping("/{id}/retry")
  Mono<Retried> retry(
      @PathVariable String name,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String reason,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    Act act = Act.of(caller, exchange, reason);
    return call(
        name,
        () -> {
          log.tell(act, name, "retry", letter(name, id).position());
          return admin.retry(name, id).orElseThrow(DeadLetterController::missing);
        });
  }

  /** Gives up on this event. */
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> drop(
      @PathVariable String name,
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String reason,
      Caller caller,
      ServerWebExchange exchange) {
    Callers.requireOperator(caller);
    Act act = Act.of(caller, exchange, reason);
    return call(
            name,
            () -> {
              log.tell(act, name, "drop", letter(name, id).position());
              if (!admin.drop(name, id)) {
                throw missing();
              }
              return true;
            })
        .then();
  }

  private DeadLetter letter(String name, long id) {
    return admin.deadLetter(name, id).orElseThrow(DeadLetterController::missing);
  }

  private <T> Mono<T> call(String name, Callable<T> work) {
    return blocking.call(
        () -> {
          var _ = admin.find(name).orElseThrow(() -> Problem.notFound("projection"));
          return work.call();
        });
  }

  private static Page page(List<DeadLetter> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, null);
    }
    List<DeadLetter> shown = found.subList(0, limit);
    return new Page(shown, Cursor.after(Long.toString(shown.getLast().position())).encode());
  }

  private static long position(@Nullable Cursor cursor) {
    if (cursor == null) {
      return 0;
    }
    try {
      return Long.parseLong(cursor.keys().getFirst());
    } catch (NumberFormatException e) {
      throw Problem.invalid("cursor", "not a cursor of this list");
    }
  }

  private static Problem missing() {
    return Problem.notFound("dead letter");
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
