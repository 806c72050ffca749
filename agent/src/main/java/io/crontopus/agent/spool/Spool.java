package io.crontopus.agent.spool;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Records of runs on disk, from the wrapper's hand to the platform's. A record is a file in {@code
 * new}, put there by a rename; what a job wrote is in {@code output} under the run's id.
 */
public final class Spool {

  private static final int MOST_REJECTED = 1_000;

  private final Path fresh;
  private final Path output;
  private final Path rejected;

  /** The spool of a data folder. */
  public Spool(DataDir data) {
    this.fresh = data.spool().resolve("new");
    this.output = data.spool().resolve("output");
    this.rejected = data.spool().resolve("rejected");
  }

  /** Where records appear. */
  public Path inbox() {
    return fresh;
  }

  /** The names of all records, oldest first. */
  public List<String> list() throws IOException {
    return names(fresh);
  }

  /** How many records wait. */
  public int depth() throws IOException {
    int depth = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(fresh)) {
      for (Path file : files) {
        depth += file.getFileName().toString().isEmpty() ? 0 : 1;
      }
    }
    return depth;
  }

  /** Reads a record; empty when it is gone, or is none and has been put aside. */
  public Optional<SpoolRecord> read(String file) throws IOException {
    try {
      return Optional.of(RecordReader.read(file, Files.readAllBytes(fresh.resolve(file))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      reject(file, Optional.empty(), "not a record: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** The last bytes of what a run wrote, at most {@code most}; none when it wrote nothing. */
  public RawOutput output(String runId, int most) throws IOException {
    Path file = output.resolve(runId);
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long skipped = Math.max(0, channel.size() - most);
      channel.position(skipped);
      try (InputStream stream = Channels.newInputStream(channel)) {
        return new RawOutput(stream.readNBytes(most), skipped);
      }
    } catch (NoSuchFileException e) {
      return new RawOutput(new byte[0], 0);
    }
  }

  /** The platform has it: it goes, with its output if it is a run's end. */
  public void delete(SpoolRecord entry) throws IOException {
    Files.deleteIfExists(fresh.resolve(entry.file()));
    if (entry.end().isPresent()) {
      Files.deleteIfExists(output.resolve(entry.runId()));
    }
  }

  /** Puts aside what the platform will never take, with the reason. */
  public void reject(String file, Optional<SpoolRecord> entry, String reason) throws IOException {
    AtomicFile.write(rejected.resolve(file + ".reason"), reason + "\n");
    try {
      Files.move(fresh.resolve(file), rejected.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException e) {
      // Put aside before.
    }
    if (entry.isPresent() && entry.get().end().isPresent()) {
      Files.deleteIfExists(output.resolve(entry.get().runId()));
    }
    List<String> all = names(rejected);
    for (String old : all.subList(0, Math.max(0, all.size() - 2 * MOST_REJECTED))) {
      Files.deleteIfExists(rejected.resolve(old));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    names.removeIf(name -> name.startsWith("."));
    Collections.sort(names);
    return names;
  }
}
