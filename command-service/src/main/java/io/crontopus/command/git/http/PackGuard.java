package io.crontopus.command.git.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.errors.PackProtocolException;

/**
 * Looks at a push as it streams by: the commands up to the flush packet, then the pack. One that is
 * too large is refused, and one that announces more objects than allowed already at its header:
 * memory is set aside by that number before the first object is read.
 */
final class PackGuard extends FilterInputStream {
  private static final int LENGTH_DIGITS = 4;
  private static final int PACK_HEADER = 12;
  private static final int SKIP = 8192;

  private enum Part {
    LENGTH,
    LINE,
    HEADER,
    REST
  }

  private final long maxBytes;
  private final int maxObjects;
  private Part part = Part.LENGTH;
  private int seen;
  private int lineLeft;
  private long number;
  private long packBytes;

  PackGuard(InputStream in, long maxBytes, int maxObjects) {
    super(in);
    this.maxBytes = maxBytes;
    this.maxObjects = maxObjects;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    int looked = 0;
    while (looked < read && part != Part.REST) {
      look(buffer[offset + looked] & 0xff);
      looked++;
    }
    if (looked < read) {
      packBytes += read - looked;
      if (packBytes > maxBytes) {
        throw new PackProtocolException(
            "the push is larger than " + Sizes.readable(maxBytes) + ", the limit of this server");
      }
    }
    return read;
  }

  @Override
  public long skip(long length) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(length, SKIP)]));
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

  private void length(int value) throws IOException {
    int digit = Character.digit(value, 16);
    if (digit < 0) {
      throw new PackProtocolException("this is not a push: a line without its length");
    }
    number = number << 4 | digit;
    if (++seen == LENGTH_DIGITS) {
      lineLeft = (int) number - LENGTH_DIGITS;
      if (number > 0 && lineLeft < 0) {
        throw new PackProtocolException("this is not a push: an impossible length of a line");
      }
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
