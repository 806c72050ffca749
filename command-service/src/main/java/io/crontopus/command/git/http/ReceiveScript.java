package io.crontopus.command.git.http;

import io.crontopus.command.git.GitGrant;
import io.crontopus.command.git.GitHousekeeping;
import io.crontopus.command.git.GitPrincipal;
import io.crontopus.command.git.GitRepositories;
import io.crontopus.command.git.GitSettings;
import io.crontopus.command.git.observe.PushObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHookChain;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Push. */
final class ReceiveScript {
  private static final Logger LOG = LoggerFactory.getLogger(ReceiveScript.class);

  private final GitRepositories repositories;
  private final GitSettings settings;
  private final PushObserver observer;
  private final GitHousekeeping housekeeping;
  private final Clock clock;

  ReceiveScript(
      GitRepositories repositories,
      GitSettings settings,
      PushObserver observer,
      GitHousekeeping housekeeping,
      Clock clock) {
    this.repositories = repositories;
    this.settings = settings;
    this.observer = observer;
    this.housekeeping = housekeeping;
    this.clock = clock;
  }

  void advertise(GitGrant grant, OutputStream out) throws IOException {
    String tenantId = grant.principal().tenantId();
    requireRoom(tenantId); // here, because clients show no answer but this one's
    try (Repository repository = repositories.open(tenantId)) {
      ReceivePack pack = pack(repository, grant);
      try (RevWalk _ = pack.getRevWalk()) {
        PacketLineOut packets = new PacketLineOut(out);
        packets.writeString("# service=" + GitService.RECEIVE_PACK.protocolName() + "\n");
        packets.end();
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(packets));
      }
    }
  }

  void serve(GitGrant grant, InputStream in, OutputStream out) throws IOException {
    String tenantId = grant.principal().tenantId();
    try (Repository repository = repositories.open(tenantId)) {
      requireRoom(tenantId);
      ReceivePack pack = pack(repository, grant);
      pack.receive(guarded(in), out, null);
    } catch (UnpackException | PackProtocolException e) {
      LOG.debug("A push to the repository of {} was refused", tenantId, e);
    } finally {
      observer.observe(tenantId);
      housekeeping.consider(tenantId);
    }
  }

  private ReceivePack pack(Repository repository, GitGrant grant) {
    GitPrincipal principal = grant.principal();
    ReceivePack pack = new ReceivePack(repository);
    pack.setBiDirectionalPipe(false);
    pack.setRefFilter(VisibleRefs::filter);
    pack.setAllowNonFastForwards(true); // of other branches; main has its own rule
    pack.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
    pack.setMaxObjectSizeLimit(settings.objectLimit().toBytes());
    // Nothing that is not the pusher's can be given a name by which it could then be fetched.
    pack.setCheckReferencedObjectsAreReachable(true);
    pack.setRefLogIdent(actor(principal));
    pack.setPreReceiveHook(
        PreReceiveHookChain.newChain(List.of(new MainRules(settings), new StillGranted(grant))));
    pack.setPostReceiveHook((done, commands) -> tell(principal.tenantId(), done, commands));
    return pack;
  }

  private void tell(String tenantId, ReceivePack pack, Collection<ReceiveCommand> commands) {
    for (ReceiveCommand command : commands) {
      if (command.getRefName().equals(GitRepositories.MAIN)) {
        observer
            .preview(tenantId, pack.getRepository(), command.getNewId())
            .map(PushReport::lines)
            .ifPresent(lines -> lines.forEach(pack::sendMessage));
      }
    }
  }

  /**
   * Looks at what there is before anything is read: packs of pushes that are refused lie there too,
   * until they are tidied away.
   */
  private void requireRoom(String tenantId) throws IOException {
    long limit = settings.repositoryLimit().toBytes();
    long size = repositories.size(tenantId);
    if (size > limit) {
      throw Refusal.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "The repository takes %s, more than the %s that this server keeps of one."
              .formatted(Sizes.readable(size), Sizes.readable(limit)));
    }
  }

  private InputStream guarded(InputStream in) {
    return new PackGuard(in, settings.bodyLimit().toBytes(), settings.maxObjects());
  }

  private PersonIdent actor(GitPrincipal principal) {
    return new PersonIdent(principal.actor(), "", clock.instant(), ZoneOffset.UTC);
  }
}
