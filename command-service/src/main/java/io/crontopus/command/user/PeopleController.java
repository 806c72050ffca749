package io.crontopus.command.user;

import io.crontopus.identity.Caller;
import io.crontopus.identity.Scope;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Callers;
import io.crontopus.web.Origin;
import io.crontopus.web.RequestCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** People of whom a tenant's events tell although they are not its users: authors of commits. */
@RestController
class PeopleController {

  private final Forgetting forgetting;
  private final BlockingWork blocking;

  PeopleController(Forgetting forgetting, BlockingWork blocking) {
    this.forgetting = forgetting;
    this.blocking = blocking;
  }

  /** In a body, because addresses of requests end up in logs. */
  record Forget(@Nullable String email) {}

  /** Forgets a person for good: name and address in events can be read by nobody any more. */
  @PostMapping("/api/people/forget")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Mono<Void> forget(@RequestBody Forget request, Caller caller, ServerWebExchange exchange) {
    Callers.require(caller, Scope.WRITE_USERS);
    RequestCheck check = new RequestCheck();
    String email = UserRules.email(check, "/email", request.email());
    check.done();
    Origin origin = Origin.of(caller, exchange);
    return blocking.run(() -> forgetting.forget(caller.tenantId(), email, origin));
  }
}
