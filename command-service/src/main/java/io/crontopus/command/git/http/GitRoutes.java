package io.crontopus.command.git.http;

import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import io.crontopus.command.git.GitRepositories;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Where Git clients find a repository: {@code /git/<tenant>/job-manifests.git}. */
public final class GitRoutes {
  private static final String REPOSITORY = "/git/{tenant}/" + GitRepositories.NAME;

  private GitRoutes() {}

  /** The routes; everything below {@code /git} is answered by them. */
  public static RouterFunction<ServerResponse> of(GitHttpHandler handler) {
    return RouterFunctions.route()
        .GET(REPOSITORY + "/info/refs", handler::advertise)
        .POST(REPOSITORY + "/git-upload-pack", handler::uploadPack)
        .POST(REPOSITORY + "/git-receive-pack", handler::receivePack)
        .GET(REPOSITORY + "/HEAD", handler::dumb)
        .GET(REPOSITORY + "/objects/**", handler::dumb)
        .route(path("/git/**"), handler::unknown)
        .build();
  }
}
