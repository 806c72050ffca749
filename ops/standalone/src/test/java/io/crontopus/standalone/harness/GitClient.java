package io.crontopus.standalone.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The stock git client on a clone of a tenant's repository. The token is in no argument and in no
 * URL.
 */
public final class GitClient {

  private final Path clone;
  private final Map<String, String> environment;

  private GitClient(Path clone, String url, String token) {
    this.clone = clone;
    String basic =
        Base64.getEncoder().encodeToString(("token:" + token).getBytes(StandardCharsets.UTF_8));
    this.environment =
        Map.ofEntries(
            Map.entry("GIT_CONFIG_COUNT", "3"),
            Map.entry("GIT_CONFIG_KEY_0", "http." + url + ".extraHeader"),
            Map.entry("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic),
            Map.entry("GIT_CONFIG_KEY_1", "user.name"),
            Map.entry("GIT_CONFIG_VALUE_1", "Test"),
            Map.entry("GIT_CONFIG_KEY_2", "user.email"),
            Map.entry("GIT_CONFIG_VALUE_2", "test@crontopus.invalid"),
            Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"));
  }

  /** Clones {@code url} into the new folder {@code clone}. */
  public static GitClient clone(String url, String token, Path clone) {
    GitClient git = new GitClient(clone, url, token);
    Finished cloned = git.run(Path.of(""), "clone", "--quiet", url, clone.toString());
    if (cloned.exitCode() != 0) {
      throw new AssertionError("git clone: " + cloned.err());
    }
    return git;
  }

  /** Writes a file of the work tree and stages it. */
  public GitClient add(String path, String content) {
    try {
      Path file = clone.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return git("add", path);
  }

  public GitClient remove(String path) {
    return git("rm", "--quiet", path);
  }

  /** Commits what is staged and pushes it. */
  public GitClient push(String message) {
    return git("commit", "--quiet", "-m", message).git("push", "--quiet", "origin", "HEAD:main");
  }

  /** Runs git in the clone; it must succeed. */
  public GitClient git(String... arguments) {
    Finished finished = run(clone, arguments);
    if (finished.exitCode() != 0) {
      throw new AssertionError("git " + List.of(arguments) + ": " + finished.err());
    }
    return this;
  }

  private Finished run(Path folder, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder("git").directory(folder.toAbsolutePath().toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().putAll(environment);
    return Finished.run(builder);
  }
}
