package io.crontopus.agent.wrapper;

import io.crontopus.agent.data.AtomicFile;
import io.crontopus.agent.data.DataDir;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;

/** Puts the script that runs jobs into the data folder. */
public final class Wrapper {

  private static final String SCRIPT = "crontopus-run";

  private Wrapper() {}

  /** Installs this version's script, unless it is there. A run that has begun keeps its own. */
  public static void install(DataDir data) throws IOException {
    byte[] script = script();
    if (!Files.isExecutable(data.wrapper())
        || !Arrays.equals(Files.readAllBytes(data.wrapper()), script)) {
      AtomicFile.write(data.wrapper(), script, AtomicFile.Access.EXECUTABLE);
    }
  }

  private static byte[] script() throws IOException {
    try (InputStream stream = Wrapper.class.getResourceAsStream(SCRIPT)) {
      if (stream == null) {
        throw new IllegalStateException(SCRIPT + " is not on the class path");
      }
      return stream.readAllBytes();
    }
  }
}
