package io.crontopus.command.git;

import io.crontopus.command.git.http.GitHttpHandler;
import io.crontopus.command.git.http.GitRoutes;
import io.crontopus.command.git.observe.PushObserver;
import io.crontopus.web.usage.RepositorySizes;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Wires the Git hosting; needs a {@link GitAccess} and a {@link PushRecorder}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GitSettings.class)
public class GitConfiguration {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  @Bean
  GitRepositories gitRepositories(GitSettings settings) {
    return new GitRepositories(settings.root());
  }

  @Bean
  RepositorySizes repositorySizes(GitRepositories repositories) {
    return repositories::sizes;
  }

  @Bean
  GitHousekeeping gitHousekeeping(GitRepositories repositories) {
    return new GitHousekeeping(repositories);
  }

  @Bean
  PushObserver pushObserver(GitRepositories repositories, PushRecorder recorder) {
    return new PushObserver(repositories, recorder, FIRST_PAUSE);
  }

  /** What was pushed to a process that ended before it was recorded. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> observeUnrecordedPushes(PushObserver observer) {
    return event -> observer.observeAll();
  }

  @Bean
  GitHttpHandler gitHttpHandler(
      GitRepositories repositories,
      GitAccess access,
      GitSettings settings,
      PushObserver observer,
      GitHousekeeping housekeeping,
      ObjectProvider<Clock> clock) {
    return new GitHttpHandler(
        repositories,
        access,
        settings,
        observer,
        housekeeping,
        clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  RouterFunction<ServerResponse> gitRoutes(GitHttpHandler handler) {
    return GitRoutes.of(handler);
  }
}
