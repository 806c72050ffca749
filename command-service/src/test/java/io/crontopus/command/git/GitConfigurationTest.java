package io.crontopus.command.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.command.git.observe.PushObserver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.RouterFunction;
import reactor.core.publisher.Mono;

class GitConfigurationTest {
  @TempDir Path root;

  @Test
  void startsWithDefaultsBesideTheTwoPortsThatOthersImplement() {
    new ApplicationContextRunner()
        .withUserConfiguration(GitConfiguration.class)
        .withBean(GitAccess.class, () -> (_, _) -> Mono.empty())
        .withBean(PushRecorder.class, () -> push -> {})
        .withPropertyValues("crontopus.git.root=" + root, "crontopus.git.idle-timeout=10s")
        .run(
            context -> {
              assertThat(context).hasSingleBean(PushObserver.class);
              assertThat(context).hasSingleBean(RouterFunction.class);
              GitSettings settings = context.getBean(GitSettings.class);
              assertThat(settings.root()).isEqualTo(root);
              assertThat(settings.bodyLimit()).isEqualTo(DataSize.ofMegabytes(64));
              assertThat(settings.concurrency()).isEqualTo(8);
              assertThat(settings.idleTimeout()).isEqualTo(Duration.ofSeconds(10));
            });
  }
}
