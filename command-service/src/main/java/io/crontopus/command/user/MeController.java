package io.crontopus.command.user;

import io.crontopus.identity.Caller;
import io.crontopus.identity.UserStore;
import io.crontopus.web.BlockingWork;
import io.crontopus.web.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who one is. */
@RestController
class MeController {

  private final UserStore users;
  private final BlockingWork blocking;

  MeController(UserStore users, BlockingWork blocking) {
    this.users = users;
    this.blocking = blocking;
  }

  /** The user behind the credential. */
  @GetMapping("/api/auth/me")
  Mono<Me> me(Caller caller) {
    String userId = caller.userId();
    if (userId == null) {
      throw Problem.forbidden("this credential belongs to no user");
    }
    return blocking.call(
        () ->
            users
                .find(caller.tenantId(), userId)
                .map(user -> Me.of(user, caller.scopes()))
                .orElseThrow(() -> Problem.notFound("user")));
  }
}
