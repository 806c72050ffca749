package io.crontopus.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.enroll.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A repository made with the stock Git client, to be fetched over {@code file://}. */
public final class ManifestGit {

  private final Path folder;

  public ManifestGit(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Files.createDirectories(folder);
    git("init", "-q", "-b", "main");
  }

  public Endpoint endpoint() {
    return new Endpoint("ep-1", TestAgents.TENANT, folder.toUri(), "main");
  }

  public String url() {
    return folder.toUri().toString();
  }

  /** Writes a job of namespace default; {@code spec} are the spec's fields. */
  public ManifestGit job(String name, String spec) throws IOException {
    return file(
        "default/" + name + ".yaml",
        "apiVersion: v1\nkind: Job\nmetadata: {name: " + name + "}\nspec:\n" + spec.indent(2));
  }

  public ManifestGit file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return this;
  }

  public ManifestGit remove(String path) throws IOException {
    Files.delete(folder.resolve(path));
    return this;
  }

  /** Commits everything; the commit's id. */
  public String commit() throws IOException, InterruptedException {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", "change");
    return git("rev-parse", "HEAD").strip();
  }

  /** Starts over with a history that has nothing to do with the one before. */
  public String startOver() throws IOException, InterruptedException {
    git("checkout", "-q", "--orphan", "fresh");
    git("rm", "-r", "-q", "-f", "--ignore-unmatch", ".");
    git("commit", "-q", "--allow-empty", "-m", "fresh");
    git("branch", "-M", "fresh", "main");
    return git("rev-parse", "HEAD").strip();
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@example.org",
                "-c",
                "commit.gpgsign=false"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + ": " + output);
    }
    return output;
  }
}
