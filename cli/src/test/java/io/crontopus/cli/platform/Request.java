package io.crontopus.cli.platform;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client sent. */
public record Request(String method, URI uri, Headers headers, String body) {

  public String path() {
    return uri.getRawPath();
  }

  public @Nullable String header(String name) {
    return headers.getFirst(name);
  }

  public String query(String name) {
    return pairs(uri.getRawQuery()).getOrDefault(name, "");
  }

  public String form(String name) {
    return pairs(body).getOrDefault(name, "");
  }

  private static Map<String, String> pairs(@Nullable String text) {
    var pairs = new LinkedHashMap<String, String>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&")) {
        String[] parts = pair.split("=", 2);
        pairs.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
