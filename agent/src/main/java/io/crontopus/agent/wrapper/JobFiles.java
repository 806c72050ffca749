package io.crontopus.agent.wrapper;

import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import io.crontopus.manifest.JobManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The files that tell the wrapper how each job runs. */
public final class JobFiles {

  private final DataDir data;
  private final JobSettings settings;

  /** The files in a data folder. */
  public JobFiles(DataDir data, AgentConfig config, HostTools tools) {
    this.data = data;
    this.settings = new JobSettings(tools, config.mailOutput(), config.redact());
  }

  /** Writes a job's files. A run that has begun keeps what it began with. */
  public void write(JobManifest job, String id) throws IOException {
    Path folder = data.job(id);
    Files.createDirectories(folder);
    Optional<String> input = job.spec().stdin();
    String stdin = "";
    if (input.isPresent() && input.get().isEmpty()) {
      stdin = "/dev/null";
    } else if (input.isPresent()) {
      Path file = JobSettings.stdin(folder, input.get());
      AtomicFile.writeIfChanged(file, input.get());
      stdin = file.toString();
    }
    AtomicFile.writeIfChanged(folder.resolve("settings"), settings.render(job, id, stdin));
    removeOldInput(folder, stdin);
  }

  /** Says which commit the files are of; runs are reported with it. */
  public void writeCommit(String commit) throws IOException {
    AtomicFile.writeIfChanged(data.jobs().resolve("commit"), commit + "\n");
  }

  /** Removes the files of all other jobs. */
  public void retain(Set<String> ids) throws IOException {
    for (Path folder : list(data.jobs())) {
      if (Files.isDirectory(folder) && !ids.contains(folder.getFileName().toString())) {
        delete(folder);
      }
    }
  }

  private static void removeOldInput(Path folder, String current) throws IOException {
    for (Path file : list(folder)) {
      if (file.getFileName().toString().startsWith("stdin-") && !file.toString().equals(current)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
