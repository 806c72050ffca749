package io.crontopus.cli.shell;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output could not be written: its reader is gone, or the disk is full. */
public final class OutputFailed extends UncheckedIOException {

  private final String reason;

  public OutputFailed(IOException cause) {
    super(cause);
    reason = String.valueOf(cause.getMessage());
  }

  /** What the system said. */
  public String reason() {
    return reason;
  }

  /** Whether the reader went away ({@code … | head}), which is no fault of anybody. */
  public boolean isBrokenPipe() {
    return reason.contains("Broken pipe")
        || reason.contains("Pipe closed")
        || reason.contains("Stream closed");
  }
}
