package io.crontopus.command.git.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What a Git client's request has around its payload. */
final class Requests {
  private static final int GZIP_BUFFER = 8 * 1024;

  /** Room for the commands of a push, beside the pack. */
  static final long COMMANDS = 4L * 1024 * 1024;

  private Requests() {}

  /**
   * Refuses early what can be seen from the headers.
   *
   * @throws Refusal when the request is of another kind or larger than the limit
   */
  static void check(HttpHeaders headers, GitService service, long bodyLimit) {
    if (!service.request().equalsTypeAndSubtype(headers.getContentType())) {
      throw Refusal.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Expected a request of " + service.request() + ".");
    }
    if (headers.getContentLength() > bodyLimit + COMMANDS) {
      throw Refusal.of(
          HttpStatus.CONTENT_TOO_LARGE,
          "The push is larger than " + Sizes.readable(bodyLimit) + ", the limit of this server.");
    }
    String encoding = encoding(headers);
    if (!encoding.equals("identity") && !isGzip(encoding)) {
      throw Refusal.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Unknown content encoding: send gzip or none.");
    }
  }

  /** The payload, unpacked where it was sent compressed; both forms are bounded. */
  static InputStream payload(InputStream body, HttpHeaders headers, long bodyLimit)
      throws IOException {
    long limit = bodyLimit + COMMANDS;
    if (!isGzip(encoding(headers))) {
      return new LimitedInput(body, limit);
    }
    return new LimitedInput(new GZIPInputStream(new LimitedInput(body, limit), GZIP_BUFFER), limit);
  }

  private static boolean isGzip(String encoding) {
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  private static String encoding(HttpHeaders headers) {
    String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
    return encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
  }
}
