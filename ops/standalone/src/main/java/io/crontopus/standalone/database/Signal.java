package io.crontopus.standalone.database;

import java.io.IOException;

/** PostgreSQL's ways to stop; the JDK can only send SIGTERM, which waits for clients for ever. */
enum Signal {
  /** Ends the sessions, then stops cleanly. */
  FAST_SHUTDOWN("INT"),
  /** Stops at once; the next start recovers from the log. */
  IMMEDIATE_SHUTDOWN("QUIT");

  private final String name;

  Signal(String name) {
    this.name = name;
  }

  void send(long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot signal process " + pid, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
