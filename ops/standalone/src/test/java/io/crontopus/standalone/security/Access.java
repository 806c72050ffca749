package io.crontopus.standalone.security;

import io.crontopus.standalone.security.Routes.Route;
import java.util.Map;
import java.util.Set;

/** What each route asks for, as the guides promise it: the code that checks it is not asked. */
final class Access {

  /** No credential at all. */
  static final String NOTHING = "nothing";

  /** A credential of a user, whatever it may do. */
  static final String USER = "user";

  /** A user who has logged in, and whose session it is about. */
  static final String LOGIN = "login";

  /** The endpoint itself. */
  static final String ENDPOINT = "endpoint";

  static final String ENROLLMENT = "enrollment token";
  static final String OPERATOR = "operator";

  /** Ways in, and what brings a secret of its own: one that was mailed, handed over or shown. */
  private static final Set<String> OPEN =
      Set.of(
          "POST /api/auth/accept-invitation",
          "POST /api/auth/device",
          "POST /api/auth/device/token",
          "POST /api/auth/login",
          "POST /api/auth/logout",
          "POST /api/auth/password-reset",
          "POST /api/auth/password-reset/confirm",
          "POST /api/auth/refresh",
          "POST /api/auth/register",
          "POST /api/auth/verify-email",
          "GET /api/auth/sso",
          "GET /api/auth/sso/{provider}/start",
          "GET /api/auth/sso/{provider}/callback",
          "POST /api/auth/sso/exchange",
          "POST /api/auth/sso/join",
          "POST /api/auth/sso/link",
          "POST /api/auth/sso/register");

  /** What endpoints alone do, under their own path. */
  private static final Set<String> OF_ENDPOINTS =
      Set.of("/commands", "/heartbeat", "/heartbeats", "/job-instances", "/token", "/confirm");

  /** What a scope is about, by the first name of the path. */
  private static final Map<String, String> SUBJECTS =
      Map.ofEntries(
          Map.entry("audit", "audit"),
          Map.entry("checkins", "runs"),
          Map.entry("commits", "jobs"),
          Map.entry("endpoints", "agents"),
          Map.entry("enrollment-tokens", "agents"),
          Map.entry("invitations", "users"),
          Map.entry("jobs", "jobs"),
          Map.entry("manifests", "jobs"),
          Map.entry("people", "users"),
          Map.entry("ping-keys", "tokens"),
          Map.entry("runs", "runs"),
          // All topics, when none is named: each asks for its own.
          Map.entry("stream", "runs"),
          Map.entry("tokens", "tokens"),
          Map.entry("users", "users"));

  private Access() {}

  /** One of the above, or a scope's name. */
  static String needs(Route route) {
    String path = route.path();
    if (OPEN.contains(route.toString())) {
      return NOTHING;
    }
    if (path.startsWith("/api/auth/")) {
      return path.equals("/api/auth/me") ? USER : LOGIN;
    }
    if (path.startsWith("/api/admin/")) {
      return OPERATOR;
    }
    if (path.equals("/api/endpoints/enroll")) {
      return ENROLLMENT;
    }
    if (path.startsWith("/api/endpoints/")
        && OF_ENDPOINTS.contains(path.substring(path.lastIndexOf('/')))) {
      return ENDPOINT;
    }
    return scope(route);
  }

  /** Whether a tenant's credential of this kind is one that a route is made for. */
  static boolean isFor(Route route, String kind) {
    String need = needs(route);
    boolean fits =
        switch (kind) {
          case "user" -> isScope(need) || need.equals(USER) || need.equals(LOGIN);
          case "API token" -> isScope(need) || need.equals(USER);
          // Machines report runs where everybody does.
          case "endpoint" -> need.equals(ENDPOINT) || route.path().startsWith("/api/checkins");
          case "enrollment token" -> need.equals(ENROLLMENT);
          default -> false;
        };
    return fits || need.equals(NOTHING);
  }

  /** Whether this is the name of a scope. */
  static boolean isScope(String need) {
    return need.indexOf(':') > 0;
  }

  private static String scope(Route route) {
    String path = route.path();
    String subject = path.endsWith("/runs") ? "runs" : SUBJECTS.get(path.split("/", -1)[2]);
    if (subject == null) {
      throw new AssertionError("say here what " + route + " asks for");
    }
    // What a manifest would be is read from the request, and written nowhere.
    boolean reads = route.method().equals("GET") || path.equals("/api/manifests/validate");
    return (reads ? "read:" : "write:") + subject;
  }
}
