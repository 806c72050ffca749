package io.crontopus.standalone.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a data folder was set up with, so that a later start needs no options.
 *
 * @param format version of the folder's layout
 * @param port the HTTP port; 0 until a free one is chosen
 * @param address the address to listen on
 * @param publicUrl the URL that agents and browsers use; none: derived from address and port
 * @param database URL of an external PostgreSQL; none: the embedded one
 * @param tlsCert file with the certificate to serve with; none: plain HTTP
 * @param tlsKey file with its key
 */
public record Settings(
    int format,
    int port,
    String address,
    @Nullable String publicUrl,
    @Nullable String database,
    @Nullable String tlsCert,
    @Nullable String tlsKey) {

  /** The layout that this version reads and writes. */
  public static final int FORMAT = 1;

  /** The same on {@code port}. */
  public Settings on(int port) {
    return new Settings(format, port, address, publicUrl, database, tlsCert, tlsKey);
  }

  /** Where browsers, agents and Git find the platform. */
  public String url() {
    return publicUrl == null ? localUrl() : publicUrl;
  }

  /** Where this machine finds the platform, whatever the world calls it. */
  public String localUrl() {
    boolean anywhere = address.equals("0.0.0.0") || address.equals("::");
    return (tlsCert == null ? "http://" : "https://")
        + (anywhere ? "127.0.0.1" : address)
        + ":"
        + port;
  }

  /**
   * What clients of {@link #url()} trust; none where that is not this certificate's to answer.
   * Whoever ends TLS in front of a platform that speaks it, too, has a certificate of their own.
   */
  public @Nullable String caFile() {
    return url().startsWith("https:") ? tlsCert : null;
  }

  /** The certificate that this machine trusts when it calls the platform; none over plain HTTP. */
  public @Nullable Path certificate() {
    return tlsCert == null ? null : Path.of(tlsCert);
  }
}
