package io.crontopus.cli.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a request, in order. Immutable; parameters without a value are left out. */
public record Query(List<String> pairs) {
  public static final Query NONE = new Query(List.of());

  public Query with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    var more = new ArrayList<>(pairs);
    more.add(encode(name) + "=" + encode(value));
    return new Query(List.copyOf(more));
  }

  /** One segment of a path, so that no id can lead elsewhere. */
  public static String segment(String text) {
    return encode(text);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As the body of a form. */
  String asForm() {
    return String.join("&", pairs);
  }

  @Override
  public String toString() {
    return pairs.isEmpty() ? "" : "?" + asForm();
  }
}
