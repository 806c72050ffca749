package io.crontopus.agent.spool;

/** The end of what a job wrote, as bytes. */
public final class RawOutput {

  private final byte[] bytes;
  private final long skipped;

  /**
   * The end of an output.
   *
   * @param skipped how many bytes were before these
   */
  public RawOutput(byte[] bytes, long skipped) {
    this.bytes = bytes.clone();
    this.skipped = skipped;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  long skipped() {
    return skipped;
  }
}
