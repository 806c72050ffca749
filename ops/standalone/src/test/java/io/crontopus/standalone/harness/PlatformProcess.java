package io.crontopus.standalone.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as its users run it: {@code ./crontopus up} as a child process that can be killed
 * and started again.
 */
public final class PlatformProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(60);

  /** Line of {@code postmaster.pid} that holds the port. */
  private static final int PORT_LINE = 3;

  private final Path data;
  private final List<String> options;
  private final Map<String, String> settings;
  private @Nullable Process process;
  private volatile String url = "";

  private PlatformProcess(Path data, Map<String, String> settings, List<String> options) {
    this.data = data;
    this.settings = settings;
    this.options = options;
  }

  /** Starts one on {@code data}, at first on a free port; returns when it is ready. */
  public static PlatformProcess start(Path data, String... options) {
    return start(data, Map.of(), options);
  }

  /** The same with settings that have no option, as {@code crontopus.heartbeats.interval}. */
  public static PlatformProcess start(Path data, Map<String, String> settings, String... options) {
    PlatformProcess platform = new PlatformProcess(data, settings, List.of(options));
    platform.start();
    return platform;
  }

  /** Starts it (again); a later start finds its port in the data. */
  public void start() {
    List<String> command =
        new ArrayList<>(List.of(Checkout.launcher().toString(), "up", "--data", data.toString()));
    if (!Files.exists(data.resolve("crontopus.json"))) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Checkout.environment());
    builder
        .environment()
        .merge(Checkout.JAVA_OPTIONS, properties(), (before, more) -> before + " " + more);
    CompletableFuture<String> ready = new CompletableFuture<>();
    StringBuilder talk = new StringBuilder();
    try {
      Process started = builder.start();
      process = started;
      Thread.ofVirtual()
          .start(() -> read(started.inputReader(StandardCharsets.UTF_8), talk, ready));
      Thread.ofVirtual()
          .start(() -> read(started.errorReader(StandardCharsets.UTF_8), talk, ready));
      var _ =
          started
              .onExit()
              .thenRun(() -> ready.completeExceptionally(new IllegalStateException("it ended")));
      url = ready.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("the platform does not start:\n" + talk + causes(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What its log gives as causes: the folder is gone when somebody reads of the failure. */
  private String causes() {
    try (Stream<String> log = Files.lines(data.resolve("logs/platform.log"))) {
      return log.filter(line -> line.startsWith("Caused by: ")).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "no log: " + e;
    }
  }

  private String properties() {
    return settings.entrySet().stream()
        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
        .collect(Collectors.joining(" "));
  }

  private static void read(
      BufferedReader lines, StringBuilder talk, CompletableFuture<String> ready) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (talk) {
          talk.append(line).append('\n');
        }
        if (line.startsWith("ready ")) {
          ready.complete(line.substring("ready ".length()));
        }
      }
    } catch (IOException e) {
      // A killed process ends in the middle of a line.
    }
  }

  public String url() {
    return url;
  }

  public Path data() {
    return data;
  }

  public long pid() {
    return running().pid();
  }

  /** One field of {@code credentials.json}. */
  public String credential(String field) {
    try {
      JsonNode credentials =
          JsonMapper.shared().readTree(Files.readAllBytes(data.resolve("credentials.json")));
      return credentials.path(field).asString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls of the API as the first user. */
  public ApiClient api() {
    return new ApiClient(url, credential("token"));
  }

  /** Calls of the API as the first user, with all that an owner may do. */
  public ApiClient owner() {
    String form =
        "username=%s&password=%s".formatted(credential("username"), credential("password"));
    return api()
        .as(
            new ApiClient(url, "")
                .post(
                    "/api/auth/login",
                    "application/x-www-form-urlencoded",
                    form.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("access_token")
                .asString());
  }

  /** Calls of the API as its operator. */
  public ApiClient operator() {
    try {
      return new ApiClient(url, Files.readString(data.resolve("operator-token")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where its embedded database is, for another platform. */
  public String databaseUrl() {
    return "postgresql://crontopus:" + password() + "@127.0.0.1:" + databasePort() + "/crontopus";
  }

  /** A connection to its embedded database. */
  public Connection database() {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + databasePort() + "/crontopus", "crontopus", password());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String databasePort() {
    try {
      return Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(PORT_LINE).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String password() {
    try {
      return Files.readString(data.resolve("postgres.password")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The tenant's Git repository. */
  public String repository() {
    return url
        + "/git/"
        + api().get("/api/auth/me").json().path("tenant_id").asString()
        + "/job-manifests.git";
  }

  /** {@code kill -9}: no chance to tidy up. */
  public void kill() {
    running().destroyForcibly();
    running().onExit().join();
  }

  /** {@code kill -9} of its database's server, which is a process of its own. */
  public void killDatabase() {
    try {
      long pid =
          Long.parseLong(
              Files.readAllLines(data.resolve("postgres/postmaster.pid")).getFirst().strip());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; returns the exit code. */
  public int stop() {
    Process platform = running();
    platform.destroy();
    try {
      if (!platform.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
        platform.destroyForcibly();
        throw new AssertionError("the platform does not stop within " + STOP);
      }
      return platform.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
    }
  }
}
