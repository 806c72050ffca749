package io.crontopus.query.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.identity.Scope;
import io.crontopus.identity.TenantDatabase;
import io.crontopus.personal.PersonalKey;
import io.crontopus.personal.PersonalKeys;
import io.crontopus.query.Api;
import io.crontopus.query.Api.Answer;
import io.crontopus.query.Platform;
import io.crontopus.query.Tables;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Commits over HTTP, from a real database. */
class CommitsIT {

  @Test
  void listsTheLatestFirstWithFilesAndTheirErrors() {
    String tenant = Platform.get().newTenant();
    Tables tables = new Tables(tenant);
    for (int i = 1; i <= 3; i++) {
      tables.commit("c" + i, i);
    }
    Api api = Api.of(Platform.get().token(tenant, Scope.READ_JOBS));

    Answer first = api.get("/api/commits", "limit", "2");
    Answer second = api.get("/api/commits", "limit", "2", "cursor", first.nextCursor());

    assertThat(first.texts("commits", "commit")).containsExactly("c3", "c2");
    assertThat(second.texts("commits", "commit")).containsExactly("c1");
    assertThat(second.nextCursor()).isEmpty();
    JsonNode commit = first.body().get("commits").get(0);
    assertThat(commit.propertyNames())
        .containsExactly(
            "commit",
            "parent",
            "author",
            "message",
            "committed_at",
            "pushed_by",
            "observed_at",
            "files");
    assertThat(commit.get("author").asString()).isEqualTo("Ada <ada@example.org>");
    JsonNode file = commit.get("files").get(0);
    assertThat(file.get("change").asString()).isEqualTo("added");
    assertThat(file.get("jobs").get(0).asString()).isEqualTo("j1");
    assertThat(file.get("errors").get(0).get("message").asString()).isEqualTo("odd");
    assertThat(Api.of(Platform.get().token(tenant, Scope.READ_RUNS)).get("/api/commits").status())
        .isEqualTo(403);
  }

  @Test
  void opensWhatIsSealedUntilThePersonIsForgotten() {
    PersonalKeys keys = new PersonalKeys(new TenantDatabase(Platform.get().dataSource()));
    String tenant = Platform.get().newTenant();
    Tables tables = new Tables(tenant);
    PersonalKey ada = keys.of(tenant, "ada@example.org");
    PersonalKey eve = keys.of(tenant, "eve@example.org");
    PersonalKey foreign = keys.of(Platform.get().newTenant(), "ada@example.org");
    tables.commit("c1", 1, ada.seal("Ada"), ada.seal("ada@example.org"));
    tables.commit("c2", 2, eve.seal("Eve"), eve.seal("eve@example.org"));
    tables.commit("c3", 3, foreign.seal("Ada"), foreign.seal("ada@example.org"));
    Api api = Api.of(Platform.get().token(tenant, Scope.READ_JOBS));

    assertThat(api.get("/api/commits").texts("commits", "author"))
        .containsExactly("(forgotten)", "Eve <eve@example.org>", "Ada <ada@example.org>");
    keys.forget(tenant, " Ada@Example.org");
    assertThat(api.get("/api/commits").texts("commits", "author"))
        .containsExactly("(forgotten)", "Eve <eve@example.org>", "(forgotten)");
    // Who comes back is somebody new.
    assertThat(keys.of(tenant, "ada@example.org").id()).isNotEqualTo(ada.id());
  }
}
