package io.crontopus.command.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The stock Git client, in a folder, with no configuration but its own. */
record Git(Path folder) {
  private static final int SECONDS = 60;

  /** How a command ended, and what it said on both of its outputs. */
  record Result(int exit, String output) {
    Result ok() {
      if (exit != 0) {
        throw new AssertionError("git ended with " + exit + ": " + output);
      }
      return this;
    }
  }

  static Git clone(String url, Path folder, String... options) {
    List<String> command = new ArrayList<>(List.of("clone", "-q"));
    command.addAll(List.of(options));
    command.addAll(List.of(url, folder.toString()));
    new Git(folder.resolveSibling(".").normalize()).run(command.toArray(String[]::new)).ok();
    return new Git(folder);
  }

  Result run(String... arguments) {
    try {
      Process process = start(arguments);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("git hangs: " + String.join(" ", arguments));
      }
      return new Result(process.exitValue(), output);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What a command says when it is given something to read. */
  String feed(String input, String... arguments) {
    try {
      Process process = start(arguments);
      try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
        in.write(input);
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.putAll(
        Map.of(
            "HOME", folder.toString(),
            "GIT_CONFIG_NOSYSTEM", "1",
            "GIT_TERMINAL_PROMPT", "0",
            "LC_ALL", "C.UTF-8",
            "GIT_AUTHOR_NAME", "Ada",
            "GIT_AUTHOR_EMAIL", "ada@example.org",
            "GIT_COMMITTER_NAME", "Ada",
            "GIT_COMMITTER_EMAIL", "ada@example.org"));
    return builder.start();
  }

  Git write(String path, String content) {
    try {
      Path file = folder.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Git remove(String path) {
    run("rm", "-q", path).ok();
    return this;
  }

  /** Commits everything there is and gives the commit's id. */
  String commit(String message) {
    run("add", "-A").ok();
    run("commit", "-q", "--allow-empty", "-m", message).ok();
    return head();
  }

  String head() {
    return run("rev-parse", "HEAD").ok().output().strip();
  }

  Result push() {
    return run("push", "origin", "HEAD:main");
  }
}
