package io.crontopus.web.edge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the HTTP edge, prefix {@code crontopus.http}.
 *
 * @param trustedProxies whose word on the client's address and protocol is believed
 * @param forwardedBy the headers in which those proxies give it
 * @param requireHttps whether requests that came unencrypted from another machine are turned away
 * @param hsts for how long browsers that came over HTTPS are told to stay with it; 0 for not at all
 * @param cors pages of other origins
 * @param tls the platform's own certificate
 * @param clients how many clients, and how slow they may be
 */
@ConfigurationProperties("crontopus.http")
public record HttpSettings(
    @DefaultValue List<Network> trustedProxies,
    @DefaultValue("x-forwarded") ForwardedBy forwardedBy,
    @DefaultValue("false") boolean requireHttps,
    @DefaultValue("365d") Duration hsts,
    @DefaultValue Cors cors,
    @DefaultValue Tls tls,
    @DefaultValue Clients clients) {

  public HttpSettings {
    trustedProxies = List.copyOf(trustedProxies);
  }

  /**
   * Whose pages may call the API from a browser.
   *
   * @param allowedOrigins origins such as {@code https://status.example.org}; none by default
   */
  public record Cors(@DefaultValue List<String> allowedOrigins) {

    public Cors {
      allowedOrigins = List.copyOf(allowedOrigins);
      for (String origin : allowedOrigins) {
        if (!origin.matches("https?://[^/*?#@\\s]+")) {
          throw new IllegalArgumentException(
              "crontopus.http.cors.allowed-origins: '"
                  + origin
                  + "' is no origin;"
                  + " write each out, like https://status.example.org");
        }
      }
    }
  }

  /**
   * The platform's own certificate; without one it speaks plain HTTP.
   *
   * @param certificate PEM file with the certificate and those that lead to its root
   * @param key PEM file with its private key, not encrypted
   * @param check how often the files are looked at for newer ones
   */
  public record Tls(
      @Nullable Path certificate, @Nullable Path key, @DefaultValue("5s") Duration check) {

    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException(
            "crontopus.http.tls needs both certificate and key, or neither");
      }
    }
  }

  /**
   * How many clients, and how slow they may be.
   *
   * @param connections open connections of the process
   * @param connectionsOfOne open connections of one client; trusted proxies and the machine itself
   *     may have any number
   * @param idleTimeout how long a connection may stay without a request
   * @param headerTimeout how long a request's head may take from its first byte
   * @param bodyTimeout how long its body may be slower than {@code bodyRate}
   * @param bodyRate a second
   * @param answerTimeout how long a client may take nothing of an answer
   * @param headerSize the largest head of a request
   */
  public record Clients(
      @DefaultValue("50000") int connections,
      @DefaultValue("1000") int connectionsOfOne,
      @DefaultValue("60s") Duration idleTimeout,
      @DefaultValue("10s") Duration headerTimeout,
      @DefaultValue("20s") Duration bodyTimeout,
      @DefaultValue("1KB") DataSize bodyRate,
      @DefaultValue("2m") Duration answerTimeout,
      @DefaultValue("16KB") DataSize headerSize) {}
}
