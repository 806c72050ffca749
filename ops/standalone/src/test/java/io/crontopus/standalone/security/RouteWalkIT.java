package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.ApiClient;
import io.crontopus.standalone.harness.PlatformProcess;
import io.crontopus.standalone.security.Routes.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route that the platform describes, three times. With every kind of credential that one
 * tenant can have, about everything that another one has: nothing is shown, and nothing changes.
 * With tokens of the tenant's own that lack what the route asks for: they are refused. At last as
 * who may: the very same requests do what they say, so that none of the others was refused for its
 * form.
 */
class RouteWalkIT {

  private static final int STREAM_QUIET_MILLIS = 400;

  /** What there is none of here: providers, and events that a projection could not take. */
  private static final Set<String> ABSENT =
      Set.of(
          "DELETE /api/users/{id}/sso/{provider}",
          "GET /api/admin/projections/{name}/dead-letters/{id}",
          "POST /api/admin/projections/{name}/dead-letters/{id}/retry",
          "DELETE /api/admin/projections/{name}/dead-letters/{id}");

  @TempDir Path folder;

  @Test
  void everybodyGetsWhatIsTheirsAndNothingElse() throws IOException {
    try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"))) {
      Neighbours neighbours = new Neighbours(platform, folder.resolve("clone"));
      Samples samples = new Samples(neighbours.ids(), platform.credential("password"));
      List<Route> routes = Routes.of(platform.api());
      Map<String, List<String>> before = neighbours.belongings();
      List<String> faults = new ArrayList<>();
      for (Route route : routes) {
        asStranger(platform, neighbours, samples, route, faults);
      }
      pingsTheOthersRun(platform, neighbours);
      Map<String, List<String>> after = neighbours.belongings();
      assertThat(platform.operator().get("/api/admin/health").json().path("tenants").path("active"))
          .hasToString("2");
      WeakTokens tokens = new WeakTokens(neighbours.owner());
      for (Route route : routes) {
        withTooLittle(platform, tokens, samples, route, faults);
      }
      for (Route route : routes) {
        asWhoMay(platform, neighbours, samples, route, faults);
      }

      assertThat(faults).isEmpty();
      assertThat(after).isEqualTo(before);
      ApiDocument.requireUpToDate(platform.api());
      assertThat(routes)
          .hasSizeGreaterThan(80)
          .extracting(Route::toString)
          .contains(
              "POST /api/admin/tenants/{id}/suspend",
              "POST /api/admin/tenants/{id}/delete",
              "GET /api/admin/usage",
              "GET /api/admin/health");
    }
  }

  private static void asStranger(
      PlatformProcess platform,
      Neighbours neighbours,
      Samples samples,
      Route route,
      List<String> faults)
      throws IOException {
    String all = samples.query(route);
    for (String query : all.isEmpty() ? List.of("") : List.of("", all)) {
      for (Map.Entry<String, String> credential : neighbours.credentials().entrySet()) {
        RawHttp.Answer answer = call(platform, samples, route, query, credential.getValue());
        String fault = fault(route, credential.getKey(), answer);
        if (!fault.isEmpty()) {
          faults.add(route + query + " with " + credential.getKey() + ": " + fault + tell(answer));
        }
      }
    }
  }

  /** What is wrong with this answer to a credential of another tenant; empty when nothing is. */
  private static String fault(Route route, String credential, RawHttp.Answer answer) {
    if (answer.text().contains(Neighbours.SECRET)) {
      return "shows";
    }
    if (answer.status() == 0 || answer.status() >= 500) {
      return "fails";
    }
    if (isLetIn(route, answer) && (isNamed(route) || !Access.isFor(route, credential))) {
      return "is let in";
    }
    boolean unknown =
        switch (credential) {
          case "user", "API token", "endpoint", "enrollment token" -> false;
          case "nothing" -> !Access.needs(route).equals(Access.NOTHING);
          default -> true;
        };
    return unknown && answer.status() != 401 ? "is not asked who it is" : "";
  }

  /** Whether a request names something by an id. A job's name and a place in a log are not ids. */
  private static boolean isNamed(Route route) {
    return route.path().contains("{id}")
        || route.path().contains("{provider}")
        || route.fields().stream().anyMatch(field -> field.name().equals("user_id"));
  }

  /** Whether more was done than to refuse; a batch is refused piece by piece. */
  private static boolean isLetIn(Route route, RawHttp.Answer answer) {
    return answer.status() < 400
        && !(route.path().equals("/api/checkins/batch") && answer.text().contains("\"code\":403"));
  }

  /** Runs have the names that whoever reports them likes: the same is another one here. */
  private static void pingsTheOthersRun(PlatformProcess platform, Neighbours neighbours) {
    String key = neighbours.credentials().get("ping key");
    ApiClient.Answer answer =
        new ApiClient(platform.url(), "")
            .get("/ping/" + key + "/fail?rid=" + neighbours.ids().get("pinged run"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private static void withTooLittle(
      PlatformProcess platform,
      WeakTokens tokens,
      Samples samples,
      Route route,
      List<String> faults)
      throws IOException {
    String need = Access.needs(route);
    if (need.equals(Access.NOTHING) || need.equals(Access.USER)) {
      return;
    }
    String most = Access.isScope(need) ? tokens.without(need) : tokens.everything();
    for (String token : List.of(most, tokens.idle())) {
      RawHttp.Answer answer = call(platform, samples, route, samples.query(route), token);
      if (answer.status() != 403 && (answer.status() != 200 || isLetIn(route, answer))) {
        faults.add(
            route
                + " with "
                + (token.equals(tokens.idle()) ? "no scope" : "everything but what it needs")
                + ", "
                + need
                + ": "
                + tell(answer));
      }
    }
  }

  /** Open routes are left out: they want secrets that letters and providers bring. */
  private static void asWhoMay(
      PlatformProcess platform,
      Neighbours neighbours,
      Samples samples,
      Route route,
      List<String> faults)
      throws IOException {
    String need = Access.needs(route);
    if (need.equals(Access.NOTHING) || route.path().endsWith("/logout-everywhere")) {
      return;
    }
    String credential =
        switch (need) {
          case Access.ENDPOINT, Access.ENROLLMENT -> neighbours.secret(need);
          case Access.OPERATOR -> platform.operator().token();
          default -> neighbours.owner().token();
        };
    RawHttp.Answer answer = call(platform, samples, route, samples.query(route), credential);
    boolean absent =
        answer.status() == 404 && (!isNamed(route) || ABSENT.contains(route.toString()));
    // A conflict is one with what is there already, or is not set up: the request was understood.
    if (answer.status() == 0 || (answer.status() >= 400 && answer.status() != 409 && !absent)) {
      faults.add(route + " as who may: " + tell(answer));
    }
  }

  private static RawHttp.Answer call(
      PlatformProcess platform, Samples samples, Route route, String query, String credential)
      throws IOException {
    byte[] request = samples.request(route, query, credential);
    try (RawHttp http = new RawHttp(platform.url())) {
      return route.isStream() ? http.send(request, STREAM_QUIET_MILLIS) : http.send(request);
    }
  }

  private static String tell(RawHttp.Answer answer) {
    return " → " + answer.status() + " " + answer.text();
  }
}
