package io.crontopus.command.bus;

import io.crontopus.identity.TenantDatabase;
import io.crontopus.web.Origin;
import io.crontopus.web.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.axonframework.commandhandling.AnnotationCommandHandlerAdapter;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import reactor.core.publisher.Mono;

/** Sends commands to their handlers and gives back what they answer. */
public final class Commands implements AutoCloseable {

  private static final long RETRY_AFTER_SECONDS = 1;

  private final BoundedExecutor executor;
  private final RetryConflicts retries = new RetryConflicts();
  private final AsynchronousCommandBus bus;
  private final DefaultCommandGateway gateway;

  /**
   * Sets up the bus. Each command is handled in a transaction of the tenant that it is of.
   *
   * @param atOnce how many commands run at the same time; no more than there are connections for
   *     them
   * @param waiting how many more may wait before new ones are refused
   */
  public Commands(
      TransactionManager transactions, TenantDatabase database, int atOnce, int waiting) {
    executor = new BoundedExecutor(atOnce, waiting);
    bus =
        AsynchronousCommandBus.builder()
            .executor(executor)
            .transactionManager(transactions)
            .build();
    bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(List.of(new KeepOrigin())));
    bus.registerHandlerInterceptor(
        (unit, chain) -> {
          database.enter(tenantOf(unit.getMessage()));
          return chain.proceed();
        });
    gateway = DefaultCommandGateway.builder().commandBus(bus).retryScheduler(retries).build();
  }

  /** Adds an object whose {@code @CommandHandler} methods take commands. */
  public void register(Object handler) {
    new AnnotationCommandHandlerAdapter<>(handler).subscribe(bus);
  }

  /** Sends a command when somebody subscribes; completes after its events are durable. */
  public <R> Mono<R> send(Object command, Origin origin, Class<R> answer) {
    return Mono.defer(() -> Mono.fromFuture(dispatch(command, origin)))
        .onErrorMap(CompletionException.class, e -> e.getCause() == null ? e : e.getCause())
        .onErrorMap(RejectedExecutionException.class, _ -> Problem.overloaded(RETRY_AFTER_SECONDS))
        .cast(answer);
  }

  /** Sends a command and waits until its events are durable. Not for an event loop. */
  public void sendAndWait(Object command, Origin origin) {
    dispatch(command, origin).join();
  }

  @Override
  public void close() {
    executor.close();
    retries.close();
  }

  private CompletableFuture<Object> dispatch(Object command, Origin origin) {
    return gateway.send(
        GenericCommandMessage.asCommandMessage(command).andMetaData(origin.metadata()));
  }

  private static String tenantOf(Message<?> command) {
    return command.getMetaData().get(Origin.TENANT) instanceof String tenant ? tenant : "";
  }

  /** Hands the origin of a command on to its events. */
  private static final class KeepOrigin implements CorrelationDataProvider {
    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
      Map<String, Object> kept = new HashMap<>();
      for (String name : List.of(Origin.TENANT, Origin.ACTOR, Origin.TRACE, Origin.ADDRESS)) {
        Object value = message.getMetaData().get(name);
        if (value != null) {
          kept.put(name, value);
        }
      }
      return kept;
    }
  }
}
