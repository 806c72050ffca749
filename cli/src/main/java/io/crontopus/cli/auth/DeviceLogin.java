package io.crontopus.cli.auth;

import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * Logs in without a password: shows a code, and waits until somebody who is logged in in a browser
 * has approved it (RFC 8628).
 */
record DeviceLogin(Session session, ServerUrl server) {
  private static final String CLIENT = "crontopus-cli";
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(5);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final int LONGEST_NAME = 100;

  /** What the platform answers to a login. */
  JsonNode run() throws InterruptedException {
    try (ApiClient api = session.anonymousApi(server)) {
      Row request = new Row(ask(api));
      if (request.text("device_code").isEmpty() || request.text("user_code").isEmpty()) {
        throw new Failure(ExitCode.FAILED, server + " answered without a code.");
      }
      show(request);
      Duration pause = request.number("interval").map(DeviceLogin::seconds).orElse(USUAL_PAUSE);
      return waitForDecision(api, request.text("device_code"), pause);
    }
  }

  private JsonNode ask(ApiClient api) {
    Query form = Query.NONE.with("client_id", CLIENT).with("device_name", machine());
    try {
      JsonNode answer = api.postGrant("/auth/device", form);
      if (answer.has("error")) {
        throw refused(new Row(answer));
      }
      return answer;
    } catch (Failure failure) {
      throw failure.exitCode() == ExitCode.NOT_FOUND
          ? new Failure(
              ExitCode.FAILED,
              server + " lets nobody in by a code.",
              "Log in with --username, or with --with-token.")
          : failure;
    }
  }

  private void show(Row request) {
    Surroundings surroundings = session.surroundings();
    String complete = request.text("verification_uri_complete");
    String address = complete.isEmpty() ? request.text("verification_uri") : complete;
    surroundings.say(SafeText.line("Open " + address));
    surroundings.say(
        SafeText.line(
            "and approve if it shows the code "
                + request.text("user_code")
                + ". Waiting; Ctrl-C stops."));
  }

  private JsonNode waitForDecision(ApiClient api, String deviceCode, Duration firstPause)
      throws InterruptedException {
    Query form =
        Query.NONE
            .with("grant_type", GRANT)
            .with("device_code", deviceCode)
            .with("client_id", CLIENT);
    Duration pause = firstPause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : firstPause;
    while (true) {
      Thread.sleep(pause);
      JsonNode answer;
      try {
        answer = api.postGrant("/auth/device/token", form);
      } catch (Failure failure) {
        if (failure.exitCode() != ExitCode.UNREACHABLE) {
          throw failure;
        }
        // The code outlives a moment without network, but not many of them.
        pause = pause.multipliedBy(2);
        if (pause.compareTo(Duration.ofMinutes(1)) > 0) {
          throw failure;
        }
        continue;
      }
      switch (new Row(answer).text("error")) {
        case "" -> {
          return answer;
        }
        case "authorization_pending" -> {
          // Nobody has decided yet.
        }
        case "slow_down" -> pause = pause.plus(USUAL_PAUSE);
        default -> throw refused(new Row(answer));
      }
    }
  }

  private static Failure refused(Row answer) {
    return switch (answer.text("error")) {
      case "access_denied" ->
          new Failure(ExitCode.NOT_AUTHORISED, "The login was refused in the browser.");
      case "expired_token" ->
          new Failure(
              ExitCode.NOT_AUTHORISED,
              "Nobody approved the login in time.",
              "Run the command again for a new code.");
      default ->
          new Failure(
              ExitCode.FAILED,
              "The login failed: " + answer.firstText("error_description", "error") + ".");
    };
  }

  private static Duration seconds(Number number) {
    return Duration.ofMillis((long) (number.doubleValue() * 1_000));
  }

  /** What this machine is called; whoever approves is shown it. */
  private static String machine() {
    String name;
    try {
      name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      name = "";
    }
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }
}
