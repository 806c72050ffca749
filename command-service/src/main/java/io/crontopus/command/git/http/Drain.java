package io.crontopus.command.git.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads on to the end of a request that was answered before it was read. */
final class Drain {
  private static final int BUFFER = 16 * 1024;

  private Drain() {}

  /** Ends quietly at the end, at the stream's own limit, or when the client goes away. */
  static void rest(InputStream in, long limit) {
    byte[] buffer = new byte[BUFFER];
    try {
      for (long left = limit; left > 0; ) {
        int read = in.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException e) {
      // nobody is left to be told
    }
  }
}
