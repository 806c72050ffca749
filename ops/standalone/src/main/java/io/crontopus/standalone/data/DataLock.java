package io.crontopus.standalone.data;

import io.crontopus.standalone.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to run on a data folder. The operating system takes it back when its holder dies,
 * however it dies.
 */
public final class DataLock implements AutoCloseable {

  /** A status command may hold the lock for the blink of an eye. */
  private static final int ATTEMPTS = 5;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(60);

  /**
   * Closing any channel of a file drops this process's lock on it, so a second channel must not be
   * opened.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final DataFolder data;
  private final FileChannel channel;

  private DataLock(DataFolder data, FileChannel channel) {
    this.data = data;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws Refusal with the holder's process and URL when another process has it
   */
  public static DataLock take(DataFolder data) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<DataLock> lock = tryTake(data);
      if (lock.isPresent()) {
        return lock.get();
      }
      pause();
    }
    throw new Refusal(
        "a platform already runs on %s%s: use it, stop it with ./crontopus down --data %s, or choose another folder"
            .formatted(
                data.root(), runningOn(data).map(DataLock::describe).orElse(""), data.root()));
  }

  private static String describe(Running running) {
    return " (process " + running.pid() + (running.url() == null ? "" : ", " + running.url()) + ")";
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the lock when nobody has it. */
  public static Optional<DataLock> takeIfFree(DataFolder data) {
    return tryTake(data);
  }

  /** The process that runs on {@code data} at this moment. */
  public static Optional<Running> holder(DataFolder data) {
    return isHeld(data) ? runningOn(data) : Optional.empty();
  }

  /** Whether any process has the lock. */
  public static boolean isHeld(DataFolder data) {
    if (!Files.exists(data.lockFile())) {
      return false;
    }
    Optional<DataLock> lock = tryTake(data);
    lock.ifPresent(DataLock::release);
    return lock.isEmpty();
  }

  private static Optional<Running> runningOn(DataFolder data) {
    return Json.read(data.runningFile(), Running.class);
  }

  private static Optional<DataLock> tryTake(DataFolder data) {
    if (!HELD_HERE.add(data.lockFile())) {
      return Optional.empty();
    }
    Optional<DataLock> lock = Optional.empty();
    try {
      FileChannel channel =
          FileChannel.open(data.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
      } else {
        lock = Optional.of(new DataLock(data, channel));
      }
      return lock;
    } catch (IOException e) {
      throw new Refusal(
          "cannot lock "
              + data.root()
              + " ("
              + Refusal.reason(e)
              + "): choose another folder with --data");
    } finally {
      if (lock.isEmpty()) {
        HELD_HERE.remove(data.lockFile());
      }
    }
  }

  /** Tells others who holds the lock and where it answers. */
  public void announce(@Nullable String url) {
    Json.write(data.runningFile(), Running.self(url));
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(data.runningFile());
    } catch (IOException e) {
      // The lock, not this file, says whether somebody runs; a stale one is overwritten by the next
      // start.
    }
    release();
  }

  private void release() {
    try {
      channel.close();
    } catch (IOException e) {
      // Gone with the process at the latest.
    } finally {
      HELD_HERE.remove(data.lockFile());
    }
  }
}
