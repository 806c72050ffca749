package io.crontopus.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Shell;
import io.crontopus.proof.note.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotateKeyTest {
  @TempDir Path home;
  private Path file;
  private SigningKey old;
  private Shell shell;

  @BeforeEach
  void aKey() throws IOException {
    old = SigningKey.generate("crontopus/abc");
    file = home.resolve("audit.key");
    Files.writeString(file, old.secret() + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    shell = new Shell(home);
  }

  @Test
  void aNewKeySignsBesideTheOldOneUntilThatIsRetired() throws IOException {
    Shell.Result rotated = shell.run("audit", "rotate-key", file.toString());

    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    List<SigningKey> both = keys();
    assertThat(both).hasSize(2);
    assertThat(both.getLast().secret()).isEqualTo(old.secret());
    assertThat(both.getFirst().verifier().name()).isEqualTo("crontopus/abc");
    assertThat(rotated.out())
        .as("the public half of the new one, and no private half")
        .isEqualTo(both.getFirst().verifier() + "\n");
    onlyItsOwnerReadsIt();

    Shell.Result retired = shell.run("audit", "rotate-key", file.toString(), "--retire");

    assertThat(retired.exitCode()).as(retired.err()).isZero();
    assertThat(keys()).hasSize(1);
    assertThat(keys().getFirst().secret()).isEqualTo(both.getFirst().secret());
    onlyItsOwnerReadsIt();
  }

  @Test
  void aFileThatHoldsNoKeyStaysAsItIs() throws IOException {
    Files.writeString(file, "something else\n");

    Shell.Result result = shell.run("audit", "rotate-key", file.toString());

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo("something else\n");
    assertThat(shell.run("audit", "rotate-key", home.resolve("none").toString()).exitCode())
        .isEqualTo(3);
  }

  private List<SigningKey> keys() throws IOException {
    return Files.readAllLines(file).stream().map(SigningKey::parse).toList();
  }

  private void onlyItsOwnerReadsIt() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(home.resolve("audit.key.new")).doesNotExist();
  }
}
