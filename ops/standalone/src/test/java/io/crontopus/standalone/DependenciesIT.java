package io.crontopus.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.standalone.harness.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is delivered, by the bill of materials that the build makes of it. */
class DependenciesIT {

  /**
   * Licences that work under the Apache License may be delivered with. Where a component offers
   * several, one of them is enough.
   */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-1.0",
          "EPL-2.0",
          "CC0-1.0",
          "PostgreSQL",
          "Bouncy Castle Licence",
          "0BSD");

  private static final Path TARGET = Checkout.root().resolve("ops/standalone/target");

  private final List<JsonNode> components =
      JsonMapper.shared()
          .readTree(TARGET.resolve("crontopus-sbom.json").toFile())
          .path("components")
          .values()
          .stream()
          .toList();

  @Test
  void theBillNamesExactlyWhatIsDelivered() throws IOException {
    try (Stream<Path> jars = Files.list(TARGET.resolve("lib"))) {
      assertThat(components.stream().map(DependenciesIT::file))
          .containsExactlyInAnyOrderElementsOf(
              jars.map(jar -> jar.getFileName().toString()).toList());
    }
  }

  @Test
  void everyLicenceIsOneThatWeMayDeliverWith() {
    assertThat(components)
        .filteredOn(component -> licences(component).noneMatch(ALLOWED::contains))
        .extracting(component -> file(component) + " " + component.path("licenses"))
        .isEmpty();
  }

  @Test
  void nothingIsUnfinishedOrThereTwice() {
    assertThat(components.stream().filter(component -> !isOurs(component)))
        .extracting(component -> component.path("version").asString())
        .noneMatch(version -> version.contains("SNAPSHOT"));
    assertThat(
            components.stream()
                .map(
                    component ->
                        component.path("group").asString()
                            + ":"
                            + component.path("name").asString()
                            + component.path("purl").asString().replaceAll("^[^?]*", ""))
                .toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void whatWeDidNotMakeIsThereWithItsHash() {
    assertThat(components.stream().filter(component -> !isOurs(component)).toList())
        .isNotEmpty()
        .allMatch(
            component ->
                component.path("hashes").values().stream()
                    .map(hash -> hash.path("alg").asString())
                    .collect(Collectors.toSet())
                    .contains("SHA-256"));
  }

  private static boolean isOurs(JsonNode component) {
    return component.path("group").asString().equals("io.crontopus");
  }

  private static Stream<String> licences(JsonNode component) {
    return component.path("licenses").values().stream()
        .flatMap(
            licence ->
                licence.has("expression")
                    ? Stream.of(licence.path("expression").asString().split(" OR "))
                    : Stream.of(
                        licence.at("/license/id").asString(""),
                        licence.at("/license/name").asString("")));
  }

  private static String file(JsonNode component) {
    String classifier =
        component.path("purl").asString().replaceAll("^[^?]*", "").contains("classifier=")
            ? "-" + component.path("purl").asString().replaceAll(".*classifier=([^&]*).*", "$1")
            : "";
    return component.path("name").asString()
        + "-"
        + component.path("version").asString()
        + classifier
        + ".jar";
  }
}
