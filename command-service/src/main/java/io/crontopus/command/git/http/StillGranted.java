package io.crontopus.command.git.http;

import io.crontopus.command.git.GitGrant;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks right before a ref moves whether the pusher still may: sending a pack can take long, and
 * what was let in at its beginning may have been revoked since. When it cannot be found out,
 * nothing moves.
 */
final class StillGranted implements PreReceiveHook {
  private static final Logger LOG = LoggerFactory.getLogger(StillGranted.class);

  private final GitGrant grant;

  StillGranted(GitGrant grant) {
    this.grant = grant;
  }

  @Override
  public void onPreReceive(ReceivePack pack, Collection<ReceiveCommand> commands) {
    objection()
        .ifPresent(
            why -> {
              commands.forEach(
                  command -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why));
              pack.sendMessage(why);
            });
  }

  private Optional<String> objection() {
    try {
      return grant.stillGood().getAsBoolean() ? Optional.empty() : Optional.of(Refusal.ENDED);
    } catch (RuntimeException e) {
      LOG.warn("A push to the repository of {} is refused", grant.principal().tenantId(), e);
      return Optional.of("whether the token is still valid cannot be found out now: push again");
    }
  }
}
