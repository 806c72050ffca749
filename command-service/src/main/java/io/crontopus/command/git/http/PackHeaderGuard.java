package io.crontopus.command.git.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * Looks at a push as it streams by: the commands up to the flush packet, then the pack's header. A
 * pack that announces more objects than allowed is refused there: memory is set aside by that
 * number before the first object is read.
 */
final class PackHeaderGuard extends FilterInputStream {
  private static final int LENGTH_DIGITS = 4;
  private static final int PACK_HEADER = 12;

  private enum Part {
    LENGTH,
    LINE,
    HEADER,
    REST
  }

  private final int maxObjects;
  private Part part = Part.LENGTH;
  private int seen;
  private int lineLeft;
  private long number;

  PackHeaderGuard(InputStream in, int maxObjects) {
    super(in);
    this.maxObjects = maxObjects;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0 && part != Part.REST) {
      look(value);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    for (int i = 0; i < read && part != Part.REST; i++) {
      look(buffer[offset + i] & 0xff);
    }
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    return part == Part.REST ? super.skip(length) : 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void look(int value) throws IOException {
    switch (part) {
      case LENGTH -> length(value);
      case LINE -> {
        if (--lineLeft == 0) {
          part = Part.LENGTH;
        }
      }
      case HEADER -> header(value);
      case REST -> {}
    }
  }

  private void length(int value) {
    int digit = Character.digit(value, 16);
    if (digit < 0) {
      part = Part.REST; // not the protocol: the reader says so
      return;
    }
    number = number << 4 | digit;
    if (++seen == LENGTH_DIGITS) {
      lineLeft = (int) number - LENGTH_DIGITS;
      part = number == 0 ? Part.HEADER : lineLeft > 0 ? Part.LINE : Part.LENGTH;
      seen = 0;
      number = 0;
    }
  }

  private void header(int value) throws IOException {
    if (seen >= PACK_HEADER - Integer.BYTES) {
      number = number << 8 | value;
    }
    if (++seen == PACK_HEADER) {
      part = Part.REST;
      if (number > maxObjects) {
        throw new PackProtocolException(
            "the push holds %d objects, more than the %d that this server takes at once"
                .formatted(number, maxObjects));
      }
    }
  }
}
