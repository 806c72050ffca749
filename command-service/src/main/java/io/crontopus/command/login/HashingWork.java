package io.crontopus.command.login;

import io.crontopus.web.BlockingWork;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;

/**
 * Everything that hashes or compares a password. It has room of its own, and not much: it is slow
 * on purpose, anybody can ask for it, and look-ups of credentials must not wait behind it.
 */
public final class HashingWork implements AutoCloseable {

  private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  /** A second or two of work: who comes behind is better told to come back later. */
  private static final int WAITING = 32;

  private final BlockingWork work = new BlockingWork(AT_ONCE, WAITING);

  /** The result of the work, when somebody subscribes. */
  public <T> Mono<T> call(Callable<T> hashing) {
    return work.call(hashing);
  }

  @Override
  public void close() {
    work.close();
  }
}
