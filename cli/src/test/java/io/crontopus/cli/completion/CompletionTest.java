package io.crontopus.cli.completion;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.crontopus.cli.platform.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir Path home;

  private String script(String shell) {
    Shell.Result result = new Shell(home).run("completion", shell);
    assertThat(result.exitCode()).isZero();
    return result.out();
  }

  @Test
  void bashCompletesNounsVerbsAndOptions() throws Exception {
    Path script = Files.writeString(home.resolve("completion"), script("bash"));
    String ask =
        """
        source %s
        complete_words() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 ));
          _complete_crontopus; printf '%%s\\n' "${COMPREPLY[@]}"; }
        complete_words crontopus endp
        complete_words crontopus runs wa
        complete_words crontopus runs list --sta
        """
            .formatted(script);

    assertThat(bash(ask)).contains("endpoints").contains("watch").contains("--status");
  }

  private static String bash(String commands) throws IOException, InterruptedException {
    Process bash = new ProcessBuilder("bash", "-c", commands).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(10, SECONDS)).isTrue();
    return output;
  }

  @Test
  void zshUsesTheSameScript() {
    assertThat(script("zsh")).isEqualTo(script("bash")).contains("bashcompinit");
  }

  @Test
  void fishHasItsOwn() {
    assertThat(script("fish"))
        .contains("complete -c crontopus -n '__fish_use_subcommand' -a runs -d 'What did run")
        .contains("-n '__fish_seen_subcommand_from runs; and __fish_seen_subcommand_from list'")
        .contains("-l token-file -r -F")
        .contains("-s o -l output -x");
  }

  @Test
  void anotherShellIsWrongUsage() {
    assertThat(new Shell(home).run("completion", "tcsh").exitCode()).isEqualTo(2);
  }
}
