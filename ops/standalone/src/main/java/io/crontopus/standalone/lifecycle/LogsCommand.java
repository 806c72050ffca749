package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the platform's log. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Show the end of the platform's log, which holds its database's too.")
public final class LogsCommand implements Callable<Integer> {

  private static final int LOOK_MILLIS = 200;
  private static final int BLOCK = 8192;

  @Mixin DataOption option = new DataOption();

  @Option(
      names = "-n",
      paramLabel = "LINES",
      defaultValue = "100",
      description = "how many lines (default: ${DEFAULT-VALUE})")
  int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "go on showing what is written")
  boolean follow;

  @Override
  public Integer call() {
    Path file = option.folder().logFile();
    if (!Files.exists(file)) {
      throw new Refusal(3, "there is no log at " + file + ": check --data");
    }
    try {
      long position = show(file, startOfLast(file, lines));
      while (follow) {
        Thread.sleep(LOOK_MILLIS);
        // A shorter file is a new one: the log was rotated.
        position = show(file, Files.size(file) < position ? 0 : position);
      }
      return 0;
    } catch (IOException e) {
      throw new Refusal("cannot read " + file + " (" + Refusal.reason(e) + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static long show(Path file, long from) throws IOException {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      content.seek(from);
      byte[] block = new byte[BLOCK];
      for (int length = content.read(block); length > 0; length = content.read(block)) {
        System.out.write(block, 0, length);
      }
      System.out.flush();
      return content.getFilePointer();
    }
  }

  static long startOfLast(Path file, int lines) throws IOException {
    try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
      int seen = -1;
      byte[] block = new byte[BLOCK];
      for (long end = content.length(); end > 0; end -= BLOCK) {
        long start = Math.max(0, end - BLOCK);
        content.seek(start);
        content.readFully(block, 0, (int) (end - start));
        for (int i = (int) (end - start) - 1; i >= 0; i--) {
          if (block[i] == '\n' && ++seen == lines) {
            return start + i + 1;
          }
        }
      }
      return 0;
    }
  }
}
