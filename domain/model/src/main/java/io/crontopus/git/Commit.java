package io.crontopus.git;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.crontopus.git.commands.ObservePush;
import io.crontopus.git.events.CommitObserved;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** A commit at the head of main: seen once, whatever is repeated after a crash. */
public class Commit {

  @AggregateIdentifier private @Nullable String id;

  /** For the event store, which replays events into it. */
  protected Commit() {}

  static Commit create() {
    return new Commit();
  }

  void observe(ObservePush push) {
    if (id == null) {
      CommitInfo head = push.head();
      apply(
          new CommitObserved(
              push.commit().tenantId(),
              push.commit().value(),
              push.parent(),
              head.authorName(),
              head.authorEmail(),
              head.message(),
              head.committedAt(),
              push.pushedBy(),
              push.observedAt(),
              push.commits(),
              push.files()));
    }
  }

  @EventSourcingHandler
  void on(CommitObserved event) {
    id = new CommitId(event.tenantId(), event.commit()).toString();
  }
}
