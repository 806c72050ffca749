package io.crontopus.cli.context;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored login at one server.
 *
 * @param username who logged in; empty when a token was stored whose owner is unknown
 * @param token what requests carry: a user's access token, or an API token
 * @param refreshToken what gets the next access token; empty for an API token
 * @param caFile the certificates to trust there, where the user named some
 * @param expiresAt when the token runs out, if the server said so
 */
public record Login(
    ServerUrl server,
    String username,
    String token,
    String refreshToken,
    Optional<Path> caFile,
    Optional<Instant> expiresAt) {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** What the platform answered to a login or a refresh. */
  static Login fromAnswer(
      ServerUrl server,
      String username,
      JsonNode answer,
      String formerRefreshToken,
      Optional<Path> caFile,
      Instant now) {
    Row row = new Row(answer);
    if (row.text("access_token").isEmpty()) {
      throw new Failure(ExitCode.FAILED, server + " answered without an access token.");
    }
    String refreshToken = row.text("refresh_token");
    return new Login(
        server,
        username,
        row.text("access_token"),
        refreshToken.isEmpty() ? formerRefreshToken : refreshToken,
        caFile,
        row.number("expires_in").map(seconds -> now.plusSeconds(seconds.longValue())));
  }

  static Login fromJson(JsonNode json) {
    Row row = new Row(json);
    return new Login(
        new ServerUrl(row.text("server")),
        row.text("username"),
        row.text("token"),
        row.text("refresh_token"),
        Optional.of(row.text("ca_file")).filter(name -> !name.isEmpty()).map(Path::of),
        row.time("expires_at"));
  }

  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("server", server.value())
            .put("username", username)
            .put("token", token)
            .put("refresh_token", refreshToken);
    caFile.ifPresent(file -> json.put("ca_file", file.toString()));
    expiresAt.ifPresent(time -> json.put("expires_at", time.toString()));
    return json;
  }

  boolean canBeRenewed() {
    return !refreshToken.isEmpty();
  }

  /** Whether the token has run out, or is about to while a request is under way. */
  boolean isExpired(Instant now) {
    return expiresAt.map(time -> time.minus(MARGIN).isBefore(now)).orElse(false);
  }

  /** Secrets stay out of logs and messages. */
  @Override
  public String toString() {
    return username + " at " + server;
  }
}
