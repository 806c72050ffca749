package io.crontopus.command.git.http;

import io.crontopus.command.git.GitRepositories;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Clone and fetch. */
final class UploadScript {
  private static final Logger LOG = LoggerFactory.getLogger(UploadScript.class);
  private static final int DELTA_UP_TO = 1024 * 1024;

  private final GitRepositories repositories;

  UploadScript(GitRepositories repositories) {
    this.repositories = repositories;
  }

  void advertise(String tenantId, @Nullable String protocol, OutputStream out) throws IOException {
    try (Repository repository = repositories.open(tenantId);
        UploadPack pack = pack(repository, protocol)) {
      pack.sendAdvertisedRefs(
          new PacketLineOutRefAdvertiser(new PacketLineOut(out)),
          GitService.UPLOAD_PACK.protocolName());
    }
  }

  void serve(String tenantId, @Nullable String protocol, InputStream in, OutputStream out)
      throws IOException {
    try (Repository repository = repositories.open(tenantId);
        UploadPack pack = pack(repository, protocol)) {
      pack.upload(in, out, null);
    } catch (ServiceMayNotContinueException | UploadPackInternalServerErrorException e) {
      LOG.debug("A fetch from the repository of {} ended early", tenantId, e); // the client knows
    }
  }

  private static UploadPack pack(Repository repository, @Nullable String protocol) {
    UploadPack pack = new UploadPack(repository);
    pack.setBiDirectionalPipe(false);
    pack.setRefFilter(VisibleRefs::filter);
    pack.setPackConfig(packing(repository));
    pack.setExtraParameters(protocol == null ? List.of() : Arrays.asList(protocol.split(":")));
    return pack;
  }

  /** One thread a request: the number of requests is what is bounded. */
  private static PackConfig packing(Repository repository) {
    PackConfig config = new PackConfig(repository);
    config.setThreads(1);
    config.setBigFileThreshold(DELTA_UP_TO);
    return config;
  }
}
