package io.crontopus.command;

import io.crontopus.projection.ProjectionsConfiguration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The write side as it runs, on a real database and a real port. */
final class TestPlatform implements AutoCloseable {

  static final String PASSWORD = "correct horse";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TestDatabase database;
  private final Path folder;
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  /** An answer. */
  record Answer(int status, JsonNode body, @Nullable String contentType) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({CommandServiceConfiguration.class, OwnThreads.class})
  static class Application {}

  /** The write side together with the projections and the audit log. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({CommandServiceConfiguration.class, ProjectionsConfiguration.class, OwnThreads.class})
  static class WithProjections {}

  /** One node that ends must not take the threads of another one in this process with it. */
  @Configuration(proxyBeanMethods = false)
  static class OwnThreads {

    @Bean
    ReactorResourceFactory reactorResources() {
      ReactorResourceFactory resources = new ReactorResourceFactory();
      resources.setUseGlobalResources(false);
      return resources;
    }
  }

  private TestPlatform(TestDatabase database, ConfigurableApplicationContext context, Path folder) {
    this.database = database;
    this.folder = folder;
    this.context = context;
    this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  static TestPlatform start(Path folder) {
    return start(folder, Map.of());
  }

  /** With some settings that are not the usual ones. */
  static TestPlatform start(Path folder, Map<String, Object> settings) {
    return start(Application.class, folder, settings);
  }

  /** With projections and the audit log, and these settings. */
  static TestPlatform startWithProjections(Path folder, Map<String, Object> settings) {
    return start(WithProjections.class, folder, settings);
  }

  private static TestPlatform start(
      Class<?> application, Path folder, Map<String, Object> settings) {
    TestDatabase database = new TestDatabase();
    return new TestPlatform(database, run(application, database, folder, settings), folder);
  }

  /** Another node on the same database; stop it before this one is closed. */
  TestPlatform anotherNode() {
    return anotherNode(Map.of());
  }

  /** Another node, with some settings that are not the usual ones. */
  TestPlatform anotherNode(Map<String, Object> settings) {
    return new TestPlatform(database, run(database, folder, settings), folder);
  }

  private static ConfigurableApplicationContext run(
      TestDatabase database, Path folder, Map<String, Object> settings) {
    return run(Application.class, database, folder, settings);
  }

  private static ConfigurableApplicationContext run(
      Class<?> application, TestDatabase database, Path folder, Map<String, Object> settings) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.REACTIVE)
        .properties(settings)
        .properties(
            Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "crontopus.public-url", "http://127.0.0.1",
                "crontopus.git.root", folder.resolve("git").toString(),
                "crontopus.operator.token-file", folder.resolve("operators").toString(),
                "crontopus.database.url", database.url(),
                "crontopus.database.username", database.user(),
                "logging.level.root", "warn",
                "spring.main.banner-mode", "off"))
        .properties(Map.copyOf(settings))
        .run();
  }

  String url() {
    return url;
  }

  /** The database, without limits. */
  JdbcClient jdbc() {
    return JdbcClient.create(database.unlimited());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Answer post(String path, @Nullable String token, String body) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofString(body)).build());
  }

  Answer postForm(String path, String form) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build());
  }

  /** With more headers, as names and values. */
  Answer post(String path, @Nullable String token, String body, String... headers)
      throws Exception {
    return send(request(path, token).headers(headers).POST(BodyPublishers.ofString(body)).build());
  }

  Answer postBytes(String path, @Nullable String token, byte[] body) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofByteArray(body)).build());
  }

  Answer get(String path, @Nullable String token) throws Exception {
    return send(request(path, token).GET().build());
  }

  Answer patch(String path, @Nullable String token, String body) throws Exception {
    return send(request(path, token).method("PATCH", BodyPublishers.ofString(body)).build());
  }

  /** With more headers, as names and values. */
  Answer patch(String path, @Nullable String token, String body, String... headers)
      throws Exception {
    return send(
        request(path, token)
            .headers(headers)
            .method("PATCH", BodyPublishers.ofString(body))
            .build());
  }

  /** A header of the answer to a GET. */
  String header(String path, @Nullable String token, String name) throws Exception {
    return http.send(request(path, token).GET().build(), BodyHandlers.discarding())
        .headers()
        .firstValue(name)
        .orElse("");
  }

  /** Status and body of the answer to a request without a credential. */
  String text(String method, String path, String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .method(
                    method,
                    body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  /** Begins to fetch from a tenant's repository, as Git clients do, and says no more. */
  Socket beginFetch(String tenant, String token) throws IOException {
    String basic =
        Base64.getEncoder().encodeToString(("any:" + token).getBytes(StandardCharsets.UTF_8));
    String head =
        """
        POST /git/%s/job-manifests.git/git-upload-pack HTTP/1.1
        Host: localhost
        Authorization: Basic %s
        Content-Type: application/x-git-upload-pack-request
        Content-Length: 1000

        00"""
            .formatted(tenant, basic);
    URI address = URI.create(url);
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Whether the platform says, before long, that it has ended what was begun. */
  static boolean wasEnded(Socket fetch) throws IOException {
    fetch.setSoTimeout(10_000);
    return new BufferedReader(new InputStreamReader(fetch.getInputStream(), StandardCharsets.UTF_8))
        .lines()
        .anyMatch(line -> line.contains("This was ended"));
  }

  /** Opens an answer that stays open. */
  Opened open(String path, @Nullable String token) throws Exception {
    HttpResponse<Stream<String>> response =
        http.send(request(path, token).GET().build(), BodyHandlers.ofLines());
    return new Opened(response.statusCode(), response.body());
  }

  Answer delete(String path, @Nullable String token) throws Exception {
    return send(request(path, token).DELETE().build());
  }

  /** Registers a tenant and gives its owner's access token. */
  String owner(String name) throws Exception {
    post(
        "/api/auth/register",
        null,
        """
        {"username": "%s", "email": "%s@example.org", "password": "%s"}
        """
            .formatted(name, name, PASSWORD));
    return logIn(name, PASSWORD).body().path("access_token").asString();
  }

  /** Invites somebody, who accepts and logs in; the answer to that. */
  Answer member(String inviter, String name, String role) throws Exception {
    String token =
        post(
                "/api/invitations",
                inviter,
                "{\"email\": \"%s@example.org\", \"role\": \"%s\"}".formatted(name, role))
            .body()
            .path("token")
            .asString();
    post(
        "/api/auth/accept-invitation",
        null,
        "{\"token\": \"%s\", \"username\": \"%s\", \"password\": \"%s\"}"
            .formatted(token, name, PASSWORD));
    return logIn(name, PASSWORD);
  }

  Answer logIn(String name, String password) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url + "/api/auth/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "username=" + name + "&password=" + password.replace(' ', '+')))
            .build());
  }

  /** The payloads of the events of this name, in order. */
  List<JsonNode> events(String name) {
    return jdbc()
        .sql(
            """
            SELECT convert_from(payload, 'UTF8') FROM event_store.domain_event
            WHERE payload_type = ? ORDER BY global_index
            """)
        .param(name)
        .query((row, number) -> JSON.readTree(row.getString(1)))
        .list();
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(HttpRequest request) throws Exception {
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    String body = response.body();
    return new Answer(
        response.statusCode(),
        JSON.readTree(body.isEmpty() ? "null" : body),
        response.headers().firstValue("Content-Type").orElse(null));
  }

  /** An answer that stays open, and the lines of it so far. */
  static final class Opened {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final int status;
    private volatile boolean ended;

    private Opened(int status, Stream<String> body) {
      this.status = status;
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  body.forEach(lines::add);
                } catch (UncheckedIOException e) {
                  // ended in another way
                }
                ended = true;
              });
    }

    int status() {
      return status;
    }

    boolean has(String line) {
      return lines.contains(line);
    }

    boolean ended() {
      return ended;
    }
  }

  /** Stops the platform; its database stays until this is closed. */
  void stop() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    http.close();
    database.close();
  }
}
