package io.crontopus.command.git.http;

import io.crontopus.command.git.GitAccess;
import io.crontopus.command.git.GitGrant;
import io.crontopus.command.git.GitHousekeeping;
import io.crontopus.command.git.GitPrincipal;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.git.GitSettings;
import io.crontopus.command.git.observe.PushObserver;
import java.io.EOFException;
import java.time.Clock;
import java.util.function.Function;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers Git clients: first who they are, then what they may do, then the protocol. */
public final class GitHttpHandler {
  private static final String GIT_PROTOCOL = "Git-Protocol";

  private final GitAccess access;
  private final GitSettings settings;
  private final GitWorkers workers;
  private final StallWatch stalls;
  private final UploadScript upload;
  private final ReceiveScript receive;

  public GitHttpHandler(
      GitRepositories repositories,
      GitAccess access,
      GitSettings settings,
      PushObserver observer,
      GitHousekeeping housekeeping,
      Clock clock) {
    this.access = access;
    this.settings = settings;
    this.workers = new GitWorkers(settings.concurrency(), settings.queue());
    this.stalls = new StallWatch(settings.idleTimeout().dividedBy(4));
    this.upload = new UploadScript(repositories);
    this.receive = new ReceiveScript(repositories, settings, observer, housekeeping, clock);
  }

  /** {@code GET …/info/refs?service=…}: what there is to fetch, or to push to. */
  Mono<ServerResponse> advertise(ServerRequest request) {
    String name = request.queryParam("service").orElse("");
    return GitService.named(name)
        .map(service -> advertise(request, service))
        .orElseGet(() -> dumb(request));
  }

  Mono<ServerResponse> uploadPack(ServerRequest request) {
    return serve(request, GitService.UPLOAD_PACK);
  }

  Mono<ServerResponse> receivePack(ServerRequest request) {
    return serve(request, GitService.RECEIVE_PACK);
  }

  /** Paths of the old protocol, which fetches files one by one. */
  Mono<ServerResponse> dumb(ServerRequest request) {
    return authorized(
        request,
        GitService.UPLOAD_PACK,
        grant ->
            Mono.error(
                Refusal.of(
                    HttpStatus.FORBIDDEN,
                    "The dumb HTTP protocol is not served here: use Git 1.6.6 or newer.")));
  }

  /** Every other path below {@code /git}. */
  Mono<ServerResponse> unknown(ServerRequest request) {
    return grant(request)
        .flatMap(grant -> Mono.<ServerResponse>error(Refusal.noSuchRepository()))
        .onErrorResume(Refusal.class, Refusal::response);
  }

  private Mono<ServerResponse> advertise(ServerRequest request, GitService service) {
    return authorized(
        request,
        service,
        grant ->
            answer(
                request,
                service.advertisement(),
                grant,
                (in, out) -> {
                  switch (service) {
                    case UPLOAD_PACK ->
                        upload.advertise(grant.principal().tenantId(), protocol(request), out);
                    case RECEIVE_PACK -> receive.advertise(grant, out);
                  }
                }));
  }

  private Mono<ServerResponse> serve(ServerRequest request, GitService service) {
    HttpHeaders headers = request.headers().asHttpHeaders();
    long limit = settings.bodyLimit().toBytes();
    return authorized(
        request,
        service,
        grant -> {
          Requests.check(headers, service, limit);
          return answer(
              request,
              service.result(),
              grant,
              (in, out) -> {
                var payload = Requests.payload(in, headers, limit);
                switch (service) {
                  case UPLOAD_PACK ->
                      upload.serve(grant.principal().tenantId(), protocol(request), payload, out);
                  case RECEIVE_PACK -> receive.serve(grant, payload, out);
                }
              });
        });
  }

  private Mono<ServerResponse> answer(
      ServerRequest request, MediaType type, GitGrant grant, Conversation.Script script) {
    return ServerResponse.ok()
        .contentType(type)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache, max-age=0, must-revalidate")
        .header(HttpHeaders.PRAGMA, "no-cache")
        .header(HttpHeaders.EXPIRES, "Fri, 01 Jan 1980 00:00:00 GMT")
        .body(
            (response, context) ->
                new Conversation(request.exchange().getRequest(), response, settings)
                    .play(translated(script), workers, stalls, grant.end()));
  }

  private static Conversation.Script translated(Conversation.Script script) {
    return (in, out) -> {
      try {
        script.play(in, out);
      } catch (RepositoryNotFoundException e) {
        throw Refusal.noSuchRepository();
      } catch (EOFException e) {
        throw Refusal.of(HttpStatus.BAD_REQUEST, "The request ended too early.");
      }
    };
  }

  private Mono<ServerResponse> authorized(
      ServerRequest request, GitService service, Function<GitGrant, Mono<ServerResponse>> next) {
    return grant(request)
        .doOnNext(grant -> check(grant.principal(), request.pathVariable("tenant"), service))
        .flatMap(next)
        .onErrorResume(Refusal.class, Refusal::response);
  }

  private Mono<GitGrant> grant(ServerRequest request) {
    String authorization = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
    return Mono.justOrEmpty(Credentials.password(authorization))
        .flatMap(password -> access.authenticate(password, request.exchange()))
        .switchIfEmpty(Mono.error(Refusal::unauthenticated));
  }

  private static void check(GitPrincipal principal, String tenant, GitService service) {
    if (!principal.tenantId().equals(tenant)) {
      throw Refusal.noSuchRepository();
    }
    if (principal.suspended()) {
      throw Refusal.suspended();
    }
    if (!service.allows(principal)) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          switch (service) {
            case UPLOAD_PACK -> "This token may not read the repository: it lacks read:jobs.";
            case RECEIVE_PACK -> "This token may read but not push: it lacks write:jobs.";
          });
    }
  }

  private static @Nullable String protocol(ServerRequest request) {
    return request.headers().firstHeader(GIT_PROTOCOL);
  }
}
