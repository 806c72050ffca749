package io.crontopus.bench.platform;

import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.Session;
import io.crontopus.bench.system.Usage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as its users run it, {@code ./crontopus up}, on throw-away data: a process of its
 * own with embedded PostgreSQL, fsync on.
 */
public final class BenchPlatform implements AutoCloseable {

  /** Line of {@code postmaster.pid} that holds the port. */
  private static final int PORT_LINE = 3;

  private final Path data;
  private final Session session;
  private ChildProcess process;
  private URI url;
  private final String token;
  private final String tenant;

  private BenchPlatform(Session session, Path data) throws InterruptedException {
    this.session = session;
    this.data = data;
    this.process =
        ChildProcess.launcher("platform", Map.of(), "up", "--data", data.toString(), "--port", "0");
    session.cleanUp().add(this);
    this.url = URI.create(process.awaitReady());
    this.token = credential("token");
    this.tenant = api().get("/api/auth/me").path("tenant_id").asString();
  }

  /** Starts one; the session ends it and removes its data. */
  public static BenchPlatform start(Session session) throws InterruptedException {
    Path data = session.cleanUp().add(TemporaryFolder.create()).path().resolve("data");
    BenchPlatform platform = new BenchPlatform(session, data);
    session.step("platform ready at " + platform.url);
    return platform;
  }

  /**
   * Starts one whose PostgreSQL keeps the time of each commit, by which lag is measured exactly.
   */
  public static BenchPlatform startWithCommitTimes(Session session) throws InterruptedException {
    BenchPlatform platform = start(session);
    platform.restart("track_commit_timestamp = on");
    return platform;
  }

  /** Stops it and starts it again with further settings of PostgreSQL. */
  public void restart(String... postgresSettings) throws InterruptedException {
    process.close();
    try {
      Files.write(
          data.resolve("postgres/postgresql.auto.conf"),
          List.of(postgresSettings),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new BenchFailure("cannot set up PostgreSQL: " + e.getMessage(), e);
    }
    process = ChildProcess.launcher("platform", Map.of(), "up", "--data", data.toString());
    url = URI.create(process.awaitReady());
    session.step("platform ready again, with " + String.join(", ", postgresSettings));
  }

  /** Where it answers. */
  public URI url() {
    return url;
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(url.getHost(), url.getPort());
  }

  /** An API token of the first user. */
  public String token() {
    return token;
  }

  public String tenant() {
    return tenant;
  }

  public Path data() {
    return data;
  }

  /** Calls of its API as the first user. */
  public PlatformApi api() {
    return new PlatformApi(url, token);
  }

  /** Calls of its API as the first user, with all that an owner may do. */
  public PlatformApi owner() throws InterruptedException {
    return api().signedIn(credential("username"), credential("password"));
  }

  /** Calls of its API as whoever runs it. */
  public PlatformApi operator() {
    try {
      return new PlatformApi(url, Files.readString(data.resolve("operator-token")).strip());
    } catch (IOException e) {
      throw new BenchFailure("cannot read the operator's token: " + e.getMessage(), e);
    }
  }

  /** Its database, past all its rules. */
  public PlatformDatabase database() {
    try {
      String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(PORT_LINE);
      return new PlatformDatabase(
          "jdbc:postgresql://127.0.0.1:" + port.strip() + "/crontopus",
          "crontopus",
          Files.readString(data.resolve("postgres.password")).strip());
    } catch (IOException e) {
      throw new BenchFailure("cannot read where PostgreSQL is: " + e.getMessage(), e);
    }
  }

  /** What its processes have used and hold. */
  public Usage usage() {
    return Usage.of(process.handle());
  }

  public ProcessHandle handle() {
    return process.handle();
  }

  /** One field of {@code credentials.json}. */
  public String credential(String field) {
    try {
      JsonNode credentials =
          JsonMapper.shared().readTree(Files.readAllBytes(data.resolve("credentials.json")));
      return credentials.path(field).asString();
    } catch (IOException e) {
      throw new BenchFailure("cannot read the credentials: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
