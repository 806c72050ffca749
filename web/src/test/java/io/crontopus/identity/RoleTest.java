package io.crontopus.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoleTest {

  private static final Path GUIDE = Path.of("../docs/guides/users.md");

  /** The table of the guide is the one in the code, cell by cell. */
  @Test
  void theGuideSaysWhatEachRoleMay() throws IOException {
    String header =
        "| scope | " + String.join(" | ", Role.names()) + " |\n" + "|---".repeat(5) + "|\n";
    String rows =
        Arrays.stream(Scope.values()).map(RoleTest::row).collect(Collectors.joining("\n"));
    assertThat(Files.readString(GUIDE)).contains(header + rows + "\n");
  }

  private static String row(Scope scope) {
    return Stream.concat(
            Stream.of("`" + scope.wireName() + "`"),
            Arrays.stream(Role.values()).map(role -> role.scopes().contains(scope) ? "yes" : ""))
        .collect(Collectors.joining(" | ", "| ", " |"))
        .replace("|  |", "| |")
        .replace("|  |", "| |");
  }

  @Test
  void eachRoleMayAllThatTheNextOneMay() {
    List<Role> roles = List.of(Role.values());
    for (int i = 1; i < roles.size(); i++) {
      assertThat(Scope.cover(roles.get(i - 1).scopes(), roles.get(i).scopes())).isTrue();
      assertThat(Scope.cover(roles.get(i).scopes(), roles.get(i - 1).scopes())).isFalse();
    }
  }

  @Test
  void onlyOwnersMakeOwners() {
    assertThat(Role.OWNER.mayGive(Role.OWNER)).isTrue();
    assertThat(Role.ADMIN.mayGive(Role.OWNER)).isFalse();
    assertThat(Role.ADMIN.mayGive(Role.ADMIN)).isTrue();
    assertThat(Role.OPERATOR.mayGive(Role.VIEWER)).isFalse();
  }

  @Test
  void whatBothAllowIsNoMoreThanEither() {
    assertThat(Scope.allowedByBoth(Set.of(Scope.ADMIN), Role.VIEWER.scopes()))
        .isEqualTo(Role.VIEWER.scopes());
    assertThat(Scope.allowedByBoth(Set.of(Scope.WRITE_RUNS), Role.VIEWER.scopes()))
        .containsExactly(Scope.READ_RUNS);
    assertThat(Scope.allowedByBoth(Set.of(Scope.WRITE_USERS), Role.VIEWER.scopes())).isEmpty();
  }
}
