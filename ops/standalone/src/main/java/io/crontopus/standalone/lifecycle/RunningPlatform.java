package io.crontopus.standalone.lifecycle;

import io.crontopus.identity.SecretToken;
import io.crontopus.standalone.Progress;
import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.ReservedPort;
import io.crontopus.standalone.data.Credentials;
import io.crontopus.standalone.data.DataFolder;
import io.crontopus.standalone.data.DataLock;
import io.crontopus.standalone.data.OwnerOnly;
import io.crontopus.standalone.data.Settings;
import io.crontopus.standalone.database.Database;
import io.crontopus.standalone.database.EmbeddedDatabase;
import io.crontopus.standalone.database.ExternalDatabase;
import io.crontopus.standalone.server.LogFile;
import io.crontopus.standalone.server.PlatformServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * A platform that runs in this process.
 *
 * @param settings what it runs with
 * @param credentials its first user; empty when another platform on the same database made it
 * @param databaseLost completes when the database ended by itself; the platform is of no use then
 */
public record RunningPlatform(
    Settings settings, Optional<Credentials> credentials, CompletableFuture<Void> databaseLost) {

  private static final Logger LOG = LoggerFactory.getLogger(RunningPlatform.class);
  private static final int DEFAULT_PORT = 8080;
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Starts the platform; returns when it can be used.
   *
   * @param parts takes charge of what is started, from the lock on the data folder to the HTTP port
   * @throws io.crontopus.standalone.Refusal when the port, the folder or the database cannot be
   *     used
   */
  public static RunningPlatform start(StartOptions options, Progress progress, Parts parts) {
    DataFolder data = options.folder();
    data.prepare();
    DataLock lock = parts.add("lock", DataLock.take(data));
    lock.announce(null);
    LogFile.open(data.logFile());
    try {
      RunningPlatform platform = start(options, data, progress, parts);
      lock.announce(platform.url());
      return platform;
    } catch (Refusal e) {
      LOG.error("the platform does not start", e);
      throw e;
    } catch (RuntimeException e) {
      LOG.error("the platform does not start", e);
      throw new Refusal(
          "the platform does not start (%s): see %s"
              .formatted(
                  Refusal.reason(NestedExceptionUtils.getMostSpecificCause(e)), data.logFile()));
    }
  }

  private static RunningPlatform start(
      StartOptions options, DataFolder data, Progress progress, Parts parts) {
    Settings asked = settings(options, data.settings());
    Settings settings;
    Database database;
    try (ReservedPort port = ReservedPort.of(asked.address(), asked.port())) {
      settings = asked.on(port.number());
      data.write(settings);
      progress.step("data in " + data.root());
      database = parts.add("database", database(data, settings));
      progress.step(database.description());
      ensureOperatorToken(data.operatorToken());
      parts.add("services", PlatformServer.start(data, settings, database.settings()));
    }
    progress.step("services answer on port " + settings.port());
    Health.of(settings.localUrl(), settings.certificate())
        .filter(health -> health.email().equals("off"))
        .ifPresent(_ -> progress.step("no e-mail is sent: crontopus.mail.host is not set"));
    Optional<Credentials> credentials = new FirstUser(data, settings).ensure();
    progress.step(
        credentials.isPresent()
            ? "credentials in " + data.credentialsFile()
            : "another platform on this database has the first user's credentials");
    return new RunningPlatform(settings, credentials, database.lost());
  }

  private static void ensureOperatorToken(Path file) {
    if (!Files.exists(file)) {
      String token = SecretToken.issue(SecretToken.Kind.OPERATOR);
      OwnerOnly.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static Settings settings(StartOptions options, Optional<Settings> before) {
    if ((options.tlsCert == null) != (options.tlsKey == null)) {
      throw new Refusal(2, "--tls-cert and --tls-key belong together");
    }
    if (options.noTls && options.tlsCert != null) {
      throw new Refusal(2, "--no-tls and --tls-cert exclude each other");
    }
    String address =
        options.address == null ? before.map(Settings::address).orElse(LOOPBACK) : options.address;
    int port =
        options.port == null ? before.map(Settings::port).orElse(DEFAULT_PORT) : options.port;
    return new Settings(
        Settings.FORMAT,
        port,
        address,
        options.publicUrl == null
            ? before.map(Settings::publicUrl).orElse(null)
            : options.publicUrl,
        options.database == null ? before.map(Settings::database).orElse(null) : options.database,
        tlsFile("--tls-cert", options.tlsCert, options, before.map(Settings::tlsCert)),
        tlsFile("--tls-key", options.tlsKey, options, before.map(Settings::tlsKey)));
  }

  private static @Nullable String tlsFile(
      String name, @Nullable Path given, StartOptions options, Optional<String> before) {
    if (options.noTls) {
      return null;
    }
    if (given == null) {
      return before.orElse(null);
    }
    if (!Files.isReadable(given)) {
      throw new Refusal(name + ": cannot read " + given);
    }
    return given.toAbsolutePath().toString();
  }

  private static Database database(DataFolder data, Settings settings) {
    return settings.database() == null
        ? EmbeddedDatabase.start(data.postgres(), data.databasePassword(), cache(data))
        : ExternalDatabase.connect(settings.database(), System.getenv());
  }

  private static Path cache(DataFolder data) {
    String configured = System.getenv("XDG_CACHE_HOME");
    String home = System.getenv("HOME");
    if (configured != null && !configured.isBlank()) {
      return Path.of(configured, "crontopus");
    }
    boolean usable = home != null && !home.isBlank() && Files.isWritable(Path.of(home));
    return usable ? Path.of(home, ".cache", "crontopus") : data.root().resolve("cache");
  }

  /** Where browsers, agents and Git find it. */
  public String url() {
    return settings.url();
  }
}
