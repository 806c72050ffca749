package io.crontopus.command.git.http;

import io.crontopus.command.git.GitPrincipal;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.MediaType;

/** The two halves of the protocol. */
enum GitService {
  UPLOAD_PACK("git-upload-pack") {
    @Override
    boolean allows(GitPrincipal principal) {
      return principal.canRead();
    }
  },
  RECEIVE_PACK("git-receive-pack") {
    @Override
    boolean allows(GitPrincipal principal) {
      return principal.canWrite();
    }
  };

  private final String protocolName;

  GitService(String protocolName) {
    this.protocolName = protocolName;
  }

  abstract boolean allows(GitPrincipal principal);

  static Optional<GitService> named(String name) {
    return Arrays.stream(values()).filter(it -> it.protocolName.equals(name)).findFirst();
  }

  String protocolName() {
    return protocolName;
  }

  MediaType advertisement() {
    return MediaType.valueOf("application/x-" + protocolName + "-advertisement");
  }

  MediaType request() {
    return MediaType.valueOf("application/x-" + protocolName + "-request");
  }

  MediaType result() {
    return MediaType.valueOf("application/x-" + protocolName + "-result");
  }
}
