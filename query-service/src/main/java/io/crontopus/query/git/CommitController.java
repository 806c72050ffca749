package io.crontopus.query.git;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.query.page.PageRequest;
import io.crontopus.web.Callers;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /api/commits}. */
@RestController
public final class CommitController {

  private final Commits commits;

  public CommitController(Commits commits) {
    this.commits = commits;
  }

  /** The commits that were seen at the head of the main branch, the latest first. */
  @GetMapping("/api/commits")
  Mono<CommitPage> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.require(caller, Scope.READ_JOBS);
    return commits.list(caller.tenantId(), PageRequest.of(limit, cursor, Commits.CURSOR_KEYS));
  }
}
