package io.crontopus.cli.context;

import io.crontopus.cli.http.Json;
import io.crontopus.cli.http.ServerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All stored logins. The first one is the one that commands use when no server is named. */
record Logins(List<Login> all) {
  static final Logins NONE = new Logins(List.of());

  static Logins fromJson(JsonNode json) {
    return new Logins(json.path("logins").values().stream().map(Login::fromJson).toList());
  }

  JsonNode toJson() {
    ObjectNode json = Json.object();
    ArrayNode logins = json.putArray("logins");
    all.forEach(login -> logins.add(login.toJson()));
    return json;
  }

  Optional<Login> current() {
    return all.stream().findFirst();
  }

  Optional<Login> at(ServerUrl server) {
    return all.stream().filter(login -> login.server().equals(server)).findFirst();
  }

  /** With the one at this server first; as it is when there is none. */
  Logins using(ServerUrl server) {
    return at(server).map(this::withCurrent).orElse(this);
  }

  /** With this login first, in place of an earlier one at the same server. */
  Logins withCurrent(Login login) {
    var logins = new ArrayList<>(List.of(login));
    logins.addAll(without(login.server()).all);
    return new Logins(List.copyOf(logins));
  }

  /** With this login in the place of the one at the same server. */
  Logins withRenewed(Login login) {
    return new Logins(
        all.stream().map(old -> old.server().equals(login.server()) ? login : old).toList());
  }

  Logins without(ServerUrl server) {
    return new Logins(all.stream().filter(login -> !login.server().equals(server)).toList());
  }
}
