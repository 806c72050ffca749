package io.crontopus.standalone.data;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The folder that holds all that one platform keeps. Its layout:
 *
 * <pre>
 * crontopus.json     settings; marks the folder as ours
 * credentials.json   the first user, its password and token (0600)
 * operator-token     lets whoever runs the platform use the operators' API (0600)
 * running.json       the process that runs on it, while one does
 * lock               held by that process
 * postgres/          the embedded database
 * audit.key          what the audit log's checkpoints are signed with (0600)
 * git/               the tenants' repositories
 * logs/              what happened
 * </pre>
 */
public record DataFolder(Path root) {

  /** The folder of a user who names none: {@code CRONTOPUS_DATA}, else below XDG's data home. */
  public static Path defaultRoot() {
    return configured("CRONTOPUS_DATA")
        .or(() -> configured("XDG_DATA_HOME").map(home -> home.resolve("crontopus")))
        .or(() -> configured("HOME").map(home -> home.resolve(".local/share/crontopus")))
        .orElseThrow(
            () ->
                new Refusal(
                    "HOME is not set, so there is no default data folder: name one with --data"));
  }

  private static Optional<Path> configured(String variable) {
    return Optional.ofNullable(System.getenv(variable))
        .filter(Predicate.not(String::isBlank))
        .map(Path::of);
  }

  /** The folder at {@code root}, whether it is there or not. */
  public static DataFolder at(Path root) {
    return new DataFolder(root.toAbsolutePath().normalize());
  }

  /** Makes the folder, or checks that it is one of ours. */
  public void prepare() {
    if (Files.exists(root) && !Files.isDirectory(root)) {
      throw new Refusal(root + " is not a folder: choose another one with --data");
    }
    OwnerOnly.folder(root);
    if (!Files.exists(settingsFile()) && holdsSomething()) {
      throw new Refusal(
          root
              + " holds something else than a platform's data: choose an empty folder with --data");
    }
    if (!Files.isWritable(root)) {
      throw new Refusal(
          root + " cannot be written: check its owner, or choose another folder with --data");
    }
    OwnerOnly.folder(logs());
  }

  /** Foreign content. A first start that was cut short leaves only what is listed here. */
  private boolean holdsSomething() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .anyMatch(
              name ->
                  !name.equals("lock")
                      && !name.equals("logs")
                      && !name.equals("crontopus.json.new"));
    } catch (IOException e) {
      throw new Refusal(
          "cannot read "
              + root
              + " ("
              + Refusal.reason(e)
              + "): choose another folder with --data");
    }
  }

  /** The settings of an earlier start. */
  public Optional<Settings> settings() {
    Optional<Settings> settings = Json.read(settingsFile(), Settings.class);
    settings.ifPresent(this::checkFormat);
    return settings;
  }

  private void checkFormat(Settings settings) {
    if (settings.format() != Settings.FORMAT) {
      throw new Refusal(
          "%s has the layout %d and this version knows %d: use the version that wrote it"
              .formatted(root, settings.format(), Settings.FORMAT));
    }
    if (settings.port() < 1 || settings.port() > 65535) {
      throw new Refusal(
          settingsFile()
              + " is damaged: restore it from a backup, or choose another folder with --data");
    }
  }

  public void write(Settings settings) {
    Json.write(settingsFile(), settings);
  }

  public Optional<Credentials> credentials() {
    return Json.read(credentialsFile(), Credentials.class);
  }

  public void write(Credentials credentials) {
    Json.write(credentialsFile(), credentials);
  }

  /** Forgets them: they are nobody's. */
  public void deleteCredentials() {
    try {
      Files.deleteIfExists(credentialsFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path credentialsFile() {
    return root.resolve("credentials.json");
  }

  /** The token of whoever runs the platform. */
  public Path operatorToken() {
    return root.resolve("operator-token");
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  /** The embedded database's password. */
  public Path databasePassword() {
    return root.resolve("postgres.password");
  }

  /** The private keys that sign the audit log's checkpoints. */
  public Path auditKey() {
    return root.resolve("audit.key");
  }

  public Path git() {
    return root.resolve("git");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path logFile() {
    return logs().resolve("platform.log");
  }

  Path settingsFile() {
    return root.resolve("crontopus.json");
  }

  Path runningFile() {
    return root.resolve("running.json");
  }

  Path lockFile() {
    return root.resolve("lock");
  }
}
