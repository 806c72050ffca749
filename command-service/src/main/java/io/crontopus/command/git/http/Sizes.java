package io.crontopus.command.git.http;

/** Sizes as people read them. */
final class Sizes {
  private static final long MIB = 1024 * 1024;

  private Sizes() {}

  static String readable(long bytes) {
    return bytes >= MIB && bytes % MIB == 0 ? bytes / MIB + " MiB" : bytes + " bytes";
  }
}
