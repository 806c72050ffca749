package io.crontopus.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.ApiClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** API tokens of a tenant's own that may do all but one thing, and one that may do nothing. */
final class WeakTokens {

  private static final String ALL = "admin:*";

  private final Map<String, String> without = new LinkedHashMap<>();
  private final String idle;
  private final String everything;

  /** Makes them, as somebody who may do everything. */
  WeakTokens(ApiClient owner) {
    List<String> scopes =
        StreamSupport.stream(owner.get("/api/auth/me").json().path("scopes").spliterator(), false)
            .map(JsonNode::asString)
            .toList();
    assertThat(scopes).contains(ALL, "read:runs", "write:users");
    for (String scope : scopes) {
      without.put(
          scope,
          token(
              owner,
              Map.of(
                  "name",
                  "without " + scope,
                  "scopes",
                  scopes.stream().filter(held -> !includes(held, scope)).toList())));
    }
    idle = idle(owner);
    everything = token(owner, Map.of("name", "everything", "scopes", List.of(ALL)));
  }

  /** One that may do everything but this. */
  String without(String scope) {
    return Objects.requireNonNull(without.get(scope), scope);
  }

  /** One whose user has lost the right to all that it was made for. */
  String idle() {
    return idle;
  }

  /** One that may do all that a token can: it is no login, no machine and no operator. */
  String everything() {
    return everything;
  }

  private static boolean includes(String held, String scope) {
    return held.equals(scope)
        || held.equals(ALL)
        || held.equals(scope.replaceFirst("^read:", "write:"));
  }

  private static String idle(ApiClient owner) {
    String service =
        owner
            .post("/api/users", Map.of("kind", "service", "username", "idle", "role", "admin"))
            .json()
            .path("id")
            .asString();
    String token =
        token(owner, Map.of("name", "idle", "scopes", List.of("read:audit"), "user_id", service));
    ApiClient.Answer changed = owner.patch("/api/users/" + service, Map.of("role", "viewer"));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(owner.as(token).get("/api/auth/me").json().path("scopes")).hasToString("[]");
    return token;
  }

  private static String token(ApiClient owner, Map<String, ?> what) {
    ApiClient.Answer made = owner.post("/api/tokens", what);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made.json().path("token").asString();
  }
}
