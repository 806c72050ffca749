package io.crontopus.command.git.observe;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The right to record the pushes of a repository, of which there is one among all processes. It
 * ends with the process at the latest.
 */
final class RecordingLock implements AutoCloseable {
  private static final String FILE = "crontopus-recording.lock";

  private final FileChannel channel;
  private final @Nullable FileLock lock;

  private RecordingLock(FileChannel channel, @Nullable FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  static RecordingLock tryTake(Repository repository) throws IOException {
    Path file = repository.getDirectory().toPath().resolve(FILE);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return new RecordingLock(channel, channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return new RecordingLock(channel, null); // somebody else in this process
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  boolean isTaken() {
    return lock != null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
