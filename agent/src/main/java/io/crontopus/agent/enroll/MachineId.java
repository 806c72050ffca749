package io.crontopus.agent.enroll;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * What tells this machine's user apart from all others, so that installing again gives the same
 * endpoint. The machine's own id is confidential: only a hash of it, with the user's name, leaves
 * the machine.
 */
final class MachineId {

  private static final int LENGTH = 32;

  private final Path etc;

  MachineId() {
    this(Path.of("/etc"));
  }

  MachineId(Path etc) {
    this.etc = etc;
  }

  String find(DataDir data, String user) throws IOException {
    Optional<String> machine = read(etc.resolve("machine-id"));
    if (machine.isEmpty()) {
      machine = read(data.machineId());
    }
    if (machine.isEmpty()) {
      machine = Optional.of(UUID.randomUUID().toString().replace("-", ""));
      AtomicFile.write(data.machineId(), machine.get() + "\n");
    }
    return hash("crontopus endpoint " + machine.get() + " " + user);
  }

  private static Optional<String> read(Path file) throws IOException {
    return Files.isReadable(file)
        ? Optional.of(Files.readString(file).strip()).filter(id -> id.matches("[0-9a-f]{32}"))
        : Optional.empty();
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
