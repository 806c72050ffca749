package io.crontopus.standalone.database;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A PostgreSQL data folder.
 *
 * @param folder the cluster; there only when it is complete
 * @param passwordFile password of its one role, mode 0600
 */
record Cluster(Path folder, Path passwordFile, PostgresPrograms programs, Unprivileged user) {

  static final String ROLE = "crontopus";

  private static final int PASSWORD_BYTES = 24;

  /** Makes the cluster when there is none, else checks that this PostgreSQL can open it. */
  void prepare() {
    try {
      if (Files.exists(folder)) {
        check();
      } else {
        create();
      }
      user.own(folder);
    } catch (IOException e) {
      throw new Refusal(
          "cannot use the database folder "
              + folder
              + " ("
              + Refusal.reason(e)
              + "): check its owner");
    }
  }

  String password() {
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new Refusal(
          "cannot read " + passwordFile + ", the database's password: restore it from a backup");
    }
  }

  private void check() throws IOException {
    Path versionFile = folder.resolve("PG_VERSION");
    String version = Files.isRegularFile(versionFile) ? Files.readString(versionFile).strip() : "";
    if (version.isEmpty() || !Files.exists(folder.resolve("global/pg_control"))) {
      throw new Refusal(
          folder
              + " is not a complete PostgreSQL database: restore it from a backup, or start on another folder with --data");
    }
    if (!version.equals(PostgresPrograms.MAJOR)) {
      throw new Refusal(
          "%s was made by PostgreSQL %s and this is %s: move its data with pg_dump and pg_restore, or run that version and name it with --database"
              .formatted(folder, version, PostgresPrograms.MAJOR));
    }
  }

  /**
   * Under another name until it is complete, so that a cut-short start leaves nothing half-made.
   */
  private void create() throws IOException {
    Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
    OwnerOnly.delete(fresh);
    OwnerOnly.folder(fresh);
    user.own(fresh);
    OwnerOnly.write(passwordFile, randomPassword().getBytes(StandardCharsets.US_ASCII));
    List<String> command = new ArrayList<>(user.prefix());
    command.add(programs.program("initdb").toString());
    command.addAll(
        List.of("-D", fresh.toString(), "-U", ROLE, "--pwfile", passwordFile.toString()));
    command.addAll(List.of("-A", "scram-sha-256", "-E", "UTF8", "--locale", "C"));
    command.addAll(
        List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--data-checksums"));
    command.addAll(Tuning.options());
    String output = run(command);
    if (!Files.exists(fresh.resolve("PG_VERSION"))) {
      throw new Refusal("PostgreSQL's initdb failed: " + lastLine(output));
    }
    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int exit = process.waitFor();
      if (exit != 0) {
        throw new Refusal("PostgreSQL's initdb failed: " + lastLine(output));
      }
      return output;
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String lastLine(String output) {
    return output
        .lines()
        .filter(line -> line.contains("error"))
        .findFirst()
        .orElse(output.strip())
        .strip();
  }
}
