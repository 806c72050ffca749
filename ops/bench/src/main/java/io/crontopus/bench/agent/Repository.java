package io.crontopus.bench.agent;

import io.crontopus.bench.platform.BenchPlatform;
import io.crontopus.bench.session.BenchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The tenant's repository in a work tree, by the stock git client. */
record Repository(Path folder) {

  static Repository checkOut(BenchPlatform platform, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Repository repository = new Repository(folder);
    repository.git("init", "--quiet");
    String basic =
        Base64.getEncoder()
            .encodeToString(("bench:" + platform.token()).getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve(".git/config"),
        """
        [core]
            repositoryformatversion = 0
            hooksPath = /dev/null
        [user]
            name = bench
            email = bench@crontopus.invalid
        [commit]
            gpgSign = false
        [remote "origin"]
            url = %s
            fetch = +refs/heads/*:refs/remotes/origin/*
        [http]
            extraHeader = Authorization: Basic %s
        """
            .formatted(
                platform.url().resolve("/git/" + platform.tenant() + "/job-manifests.git"), basic));
    repository.git("fetch", "--quiet", "origin", "main");
    repository.git("checkout", "--quiet", "-B", "main", "FETCH_HEAD");
    return repository;
  }

  /** Adds files, by path, in one commit and pushes it; returns the commit. */
  String push(Map<String, String> files) throws IOException, InterruptedException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, file.getValue());
    }
    git("add", ".");
    git("commit", "--quiet", "-m", "Change jobs");
    git("push", "--quiet", "origin", "main");
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("git").directory(folder.toFile()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().putAll(Map.of("GIT_TERMINAL_PROMPT", "0", "no_proxy", "127.0.0.1"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BenchFailure("git " + Arrays.toString(arguments) + ": " + output);
    }
    return output;
  }
}
