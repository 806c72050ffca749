package io.crontopus.command;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The write side as it runs, on a real database and a real port. */
final class TestPlatform implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EmbeddedPostgres postgres;
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  /** An answer. */
  record Answer(int status, JsonNode body, @Nullable String contentType) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(CommandServiceConfiguration.class)
  static class Application {}

  private TestPlatform(EmbeddedPostgres postgres, ConfigurableApplicationContext context) {
    this.postgres = postgres;
    this.context = context;
    this.url = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  static TestPlatform start(Path folder) throws IOException {
    EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.REACTIVE)
            .properties(
                Map.of(
                    "server.port", "0",
                    "server.address", "127.0.0.1",
                    "crontopus.public-url", "http://127.0.0.1",
                    "crontopus.git.root", folder.resolve("git").toString(),
                    "crontopus.database.url", postgres.getJdbcUrl("postgres", "postgres"),
                    "crontopus.database.username", "postgres",
                    "logging.level.root", "warn",
                    "spring.main.banner-mode", "off"))
            .run();
    return new TestPlatform(postgres, context);
  }

  String url() {
    return url;
  }

  JdbcClient jdbc() {
    return JdbcClient.create(postgres.getPostgresDatabase());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  Answer post(String path, @Nullable String token, String body) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofString(body)).build());
  }

  Answer postBytes(String path, @Nullable String token, byte[] body) throws Exception {
    return send(request(path, token).POST(BodyPublishers.ofByteArray(body)).build());
  }

  Answer get(String path, @Nullable String token) throws Exception {
    return send(request(path, token).GET().build());
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
        {"username": "%s", "email": "%s@example.org", "password": "correct horse"}
        """
            .formatted(name, name));
    Answer answer =
        send(
            HttpRequest.newBuilder(URI.create(url + "/api/auth/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name + "&password=correct+horse"))
                .build());
    return answer.body().path("access_token").asString();
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

  /** Stops the platform; its database stays until this is closed. */
  void stop() {
    context.close();
  }

  @Override
  public void close() throws IOException {
    context.close();
    http.close();
    postgres.close();
  }
}
