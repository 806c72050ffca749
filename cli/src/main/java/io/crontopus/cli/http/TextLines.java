package io.crontopus.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer of lines, read as they come; it may be longer than memory. */
public final class TextLines implements AutoCloseable {
  private final InputStream body;
  private final BufferedReader lines;
  private final SilenceLimit silence;

  private TextLines(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 1 << 16);
    this.silence = new SilenceLimit(this::close);
  }

  static TextLines of(HttpResponse<InputStream> response, String type, ServerUrl server) {
    String actual = response.headers().firstValue("Content-Type").orElse("");
    if (response.statusCode() == 200 && actual.toLowerCase(Locale.ROOT).startsWith(type)) {
      return new TextLines(response.body());
    }
    Answer answer = ApiClient.answer(response, start(response.body()));
    throw answer.isSuccess()
        ? Rejection.notThePlatform(answer, server)
        : Rejection.of(answer, server);
  }

  private static String start(InputStream body) {
    try (body) {
      return new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The next line; null at the end. */
  public @Nullable String next() throws IOException {
    String line = lines.readLine();
    silence.broken();
    return line;
  }

  @Override
  public void close() {
    silence.close();
    try {
      body.close();
    } catch (IOException e) {
      // It is given up anyway.
    }
  }
}
