package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.data.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What a start can be told. What it is not told, it takes from the data folder's settings, then
 * from the defaults.
 */
public final class StartOptions {

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "HTTP port; 0 takes a free one (default: as before, 8080 at first)")
  @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "data folder (default: $CRONTOPUS_DATA, else ~/.local/share/crontopus)")
  @Nullable Path data;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "address to listen on (default: as before, 127.0.0.1 at first)")
  @Nullable String address;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description =
          "where browsers and agents find the platform, when that is not its own address and port")
  @Nullable String publicUrl;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "an external PostgreSQL 15 or later: postgresql://user@host:5432/database;",
        "its password in the URL or in PGPASSWORD (default: as before, the embedded one at first)"
      })
  @Nullable String database;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = {
        "serve HTTPS with this certificate: PEM, with those that lead to its root;",
        "the file may be replaced while the platform runs"
      })
  @Nullable Path tlsCert;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "the certificate's private key: PEM, not encrypted")
  @Nullable Path tlsKey;

  @Option(
      names = "--no-tls",
      description = "serve plain HTTP again, after a start with a certificate")
  boolean noTls;

  /** Options for a start on {@code data} at {@code port}. */
  public static StartOptions of(Path data, int port) {
    StartOptions options = new StartOptions();
    options.data = data;
    options.port = port;
    return options;
  }

  DataFolder folder() {
    return DataFolder.at(data == null ? DataFolder.defaultRoot() : data);
  }
}
