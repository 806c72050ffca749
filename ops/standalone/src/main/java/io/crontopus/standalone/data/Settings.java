package io.crontopus.standalone.data;

import org.jspecify.annotations.Nullable;

/**
 * What a data folder was set up with, so that a later start needs no options.
 *
 * @param format version of the folder's layout
 * @param port the HTTP port
 * @param address the address to listen on
 * @param publicUrl the URL that agents and browsers use; none: derived from address and port
 * @param database URL of an external PostgreSQL; none: the embedded one
 */
public record Settings(
    int format, int port, String address, @Nullable String publicUrl, @Nullable String database) {

  /** The layout that this version reads and writes. */
  public static final int FORMAT = 1;

  /** Where browsers, agents and Git find the platform. */
  public String url() {
    return publicUrl == null ? localUrl() : publicUrl;
  }

  /** Where this machine finds the platform, whatever the world calls it. */
  public String localUrl() {
    boolean anywhere = address.equals("0.0.0.0") || address.equals("::");
    return "http://" + (anywhere ? "127.0.0.1" : address) + ":" + port;
  }
}
