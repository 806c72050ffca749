package io.crontopus.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crontopus.identity.SecretToken;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The guard itself: without it, every other test would let a blocked thread pass. */
class NettyThreadsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void sleepingOnAThreadThatMustNotBlockFails() {
    Mono<Void> sleeping = Mono.fromRunnable(() -> sleep(1)).then();
    assertThatThrownBy(() -> sleeping.subscribeOn(Schedulers.parallel()).block(PATIENCE))
        .rootCause()
        .isInstanceOf(BlockingOperationError.class);
  }

  @Test
  void makingManySecretsThereIsAllowed() {
    Mono<String> secrets =
        Mono.fromCallable(
            () -> {
              String last = "";
              for (int i = 0; i < 200; i++) {
                last = SecretToken.issue(SecretToken.Kind.API);
              }
              return last;
            });
    assertThat(secrets.subscribeOn(Schedulers.parallel()).block(PATIENCE)).startsWith("ctp_");
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
