package io.crontopus.cli.auth;

import io.crontopus.cli.context.LoginStore;
import io.crontopus.cli.context.Session;
import io.crontopus.cli.http.ApiClient;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.http.ServerUrl;
import io.crontopus.cli.output.Row;
import io.crontopus.cli.output.SafeText;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import tools.jackson.databind.JsonNode;

/** Logs in at a server and keeps what it gives. */
record SignIn(Session session) {

  void withPassword(ServerUrl server, String username, String password) {
    warnIfOverheard(server);
    Query form =
        Query.NONE
            .with("grant_type", "password")
            .with("username", username)
            .with("password", password);
    JsonNode answer;
    try (ApiClient api = session.anonymousApi(server)) {
      answer = api.postForm("/auth/login", form);
    } catch (Failure failure) {
      throw withoutAdviceToLogIn(failure);
    }
    store().keepSession(session, server, username, answer);
    say("Logged in at " + server + " as " + username + ".");
  }

  /** Who it is that approved is not known here before. */
  void byApproval(ServerUrl server) throws InterruptedException {
    warnIfOverheard(server);
    JsonNode answer = new DeviceLogin(session, server).run();
    String username;
    try (ApiClient api = session.apiWith(server, new Row(answer).text("access_token"))) {
      username = new Row(api.get("/auth/me")).text("username");
    }
    store().keepSession(session, server, username, answer);
    say("Logged in at " + server + " as " + username + ".");
  }

  /** A token may be allowed so little that it cannot even ask whose it is. */
  void withToken(ServerUrl server, String token) {
    if (token.isEmpty()) {
      throw Failure.usage("Standard input holds no token.");
    }
    warnIfOverheard(server);
    String username = "";
    try (ApiClient api = session.apiWith(server, token)) {
      username = new Row(api.get("/auth/me")).text("username");
    } catch (Failure failure) {
      if (!failure.isForbidden()) {
        throw withoutAdviceToLogIn(failure);
      }
    }
    store().keepToken(session, server, username, token);
    say("Logged in at " + server + (username.isEmpty() ? "." : " as " + username + "."));
  }

  private LoginStore store() {
    return new LoginStore(surroundings());
  }

  private Surroundings surroundings() {
    return session.surroundings();
  }

  private void say(String line) {
    surroundings().say(SafeText.line(line));
  }

  void warnIfOverheard(ServerUrl server) {
    if (!server.isEncrypted() && !server.isLocal()) {
      say("warning: " + server + " is not encrypted; whoever is on the way can read your secrets.");
    }
  }

  private static Failure withoutAdviceToLogIn(Failure failure) {
    return failure.exitCode() == ExitCode.NOT_AUTHORISED
        ? new Failure(
            failure.exitCode(),
            failure.getMessage(),
            failure.hints().stream().filter(hint -> !hint.startsWith("Log in")).toList())
        : failure;
  }
}
