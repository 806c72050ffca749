package io.crontopus.command.git;

import io.crontopus.command.git.http.GitHttpHandler;
import io.crontopus.command.git.http.GitRoutes;
import io.crontopus.command.git.observe.PushObserver;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The hosting on a port of its own, with tokens and a recorder that live in memory. */
final class GitServer implements AutoCloseable {
  static final String ACME = "acme";
  static final String WRITER = "ctp_writer";
  static final String READER = "ep_reader";
  static final String STRANGER = "ctp_stranger";

  final GitRepositories repositories;
  final PushObserver observer;
  final List<ObservedPush> recorded = new CopyOnWriteArrayList<>();
  private final Map<String, GitPrincipal> tokens = new ConcurrentHashMap<>();
  private final Map<String, Sinks.Empty<Void>> ends = new ConcurrentHashMap<>();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final GitHousekeeping housekeeping;
  private final DisposableServer server;

  GitServer(Path root) {
    this(root, DataSize.ofMegabytes(64), 8, 100);
  }

  GitServer(Path root, DataSize bodyLimit, int concurrency, int queue) {
    this(root, settings(root, bodyLimit, concurrency, queue), null);
  }

  /**
   * @param recorder in place of the one that keeps everything in {@link #recorded}
   */
  GitServer(Path root, GitSettings settings, @Nullable PushRecorder recorder) {
    repositories = new GitRepositories(root);
    repositories.create(ACME);
    repositories.create("stranger");
    observer =
        new PushObserver(
            repositories, recorder == null ? this::record : recorder, Duration.ofMillis(50));
    housekeeping = new GitHousekeeping(repositories, Duration.ZERO);
    tokens.put(WRITER, new GitPrincipal(ACME, "alice", true, true));
    tokens.put(READER, new GitPrincipal(ACME, "endpoint-1", true, false));
    tokens.put(STRANGER, new GitPrincipal("stranger", "mallory", true, true));
    tokens.put("ctp_nobody", new GitPrincipal("nobody", "ghost", true, true));
    GitHttpHandler handler =
        new GitHttpHandler(
            repositories,
            (password, _) -> Mono.justOrEmpty(tokens.get(password)).map(it -> grant(password, it)),
            settings,
            observer,
            housekeeping,
            Clock.systemUTC());
    server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(GitRoutes.of(handler))))
            .bindNow();
  }

  static GitSettings settings(Path root, DataSize bodyLimit, int concurrency, int queue) {
    return new GitSettings(
        root,
        bodyLimit,
        DataSize.ofMegabytes(16),
        200_000,
        20_000,
        1_000,
        DataSize.ofGigabytes(1),
        concurrency,
        queue,
        Duration.ofSeconds(30));
  }

  private GitGrant grant(String token, GitPrincipal principal) {
    return new GitGrant(principal, end(token).asMono(), () -> !revoked.contains(token));
  }

  private Sinks.Empty<Void> end(String token) {
    return ends.computeIfAbsent(token, _ -> Sinks.empty());
  }

  /** Revokes a token, which goes on to be let in as one is that was looked up just before. */
  void revoke(String token) {
    revoked.add(token);
  }

  /** Ends what is open with a token. */
  void endAllOf(String token) {
    end(token).tryEmitEmpty().orThrow();
  }

  int port() {
    return server.port();
  }

  String url(String token) {
    return url(token, ACME);
  }

  String url(String token, String tenant) {
    return "http://any:%s@127.0.0.1:%d/git/%s/job-manifests.git".formatted(token, port(), tenant);
  }

  private void record(ObservedPush push) {
    recorded.add(push);
  }

  @Override
  public void close() {
    server.disposeNow(Duration.ofSeconds(5));
    observer.close();
    housekeeping.close();
  }
}
