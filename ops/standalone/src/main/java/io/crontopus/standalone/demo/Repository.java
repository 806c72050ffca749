package io.crontopus.standalone.demo;

import io.crontopus.standalone.Refusal;
import io.crontopus.standalone.data.OwnerOnly;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The tenant's repository in a work tree, by the stock git client. The token is in the work tree's
 * own configuration, which only its user can read: in no argument, no URL, no environment.
 */
record Repository(Path folder) {

  static Repository checkOut(Path folder, String url, String token) {
    OwnerOnly.folder(folder);
    Repository repository = new Repository(folder);
    repository.git("init", "--quiet");
    repository.configure(url, token);
    repository.git("fetch", "--quiet", "origin", "main");
    repository.git("checkout", "--quiet", "-B", "main", "FETCH_HEAD");
    return repository;
  }

  /** Independent of what the user has configured for Git: hooks, signatures, name. */
  private void configure(String url, String token) {
    String basic =
        Base64.getEncoder().encodeToString(("demo:" + token).getBytes(StandardCharsets.UTF_8));
    String configuration =
        """
        [core]
            repositoryformatversion = 0
            hooksPath = /dev/null
        [user]
            name = Crontopus demo
            email = demo@crontopus.invalid
        [commit]
            gpgSign = false
        [remote "origin"]
            url = %s
            fetch = +refs/heads/*:refs/remotes/origin/*
        [http]
            extraHeader = Authorization: Basic %s
        """
            .formatted(url, basic);
    OwnerOnly.write(folder.resolve(".git/config"), configuration.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds files, by path, in one commit and pushes it. */
  void push(Map<String, String> files, String message) {
    files.forEach(this::add);
    git("commit", "--quiet", "-m", message);
    git("push", "--quiet", "origin", "main");
  }

  private void add(String path, String content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(folder.resolve(path).resolveSibling(""));
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new Refusal("cannot write " + file + " (" + Refusal.reason(e) + ")");
    }
    git("add", path);
  }

  private void git(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("git").directory(folder.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().putAll(Map.of("GIT_TERMINAL_PROMPT", "0", "no_proxy", "127.0.0.1"));
    Program.run(builder);
  }
}
