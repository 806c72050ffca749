package io.crontopus.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every file under {@code bad} next to the problems that are reported for it. With {@code
 * -Dgolden.write=true} the expectations are written instead; look at the difference before
 * committing it.
 */
class BadManifestsTest {

  static Stream<Path> files() {
    return Corpus.BAD.files().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyProblemIsNamedWithItsPlaceAndARemedy(Path file) throws IOException {
    ParsedManifest parsed = Corpus.BAD.parse(file);
    assertThat(parsed.problems()).isNotEmpty();

    String report =
        Stream.concat(
                parsed.jobs().stream().map(job -> "valid: " + job.qualifiedName()),
                parsed.problems().stream().map(ManifestProblem::toString))
            .collect(Collectors.joining("\n", "", "\n"));
    Path golden = file.resolveSibling(file.getFileName() + ".problems");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(golden, report);
    }
    assertThat(report).isEqualTo(Files.readString(golden));
  }
}
