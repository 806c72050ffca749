package io.crontopus.cli.shell;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A text stream in UTF-8, whatever the locale, that reports when it can no longer be written. */
public final class Out {
  private final Writer writer;

  public Out(OutputStream stream) {
    writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
  }

  public void print(CharSequence text) {
    try {
      writer.append(text);
    } catch (IOException e) {
      throw new OutputFailed(e);
    }
  }

  public void line(CharSequence text) {
    print(text);
    print("\n");
  }

  public void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw new OutputFailed(e);
    }
  }

  /** The same stream for code that wants a {@link PrintWriter}; flushed at the end of each line. */
  public PrintWriter asPrintWriter() {
    return new PrintWriter(writer, true);
  }
}
