package io.crontopus.bench.report;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Figures as JSON, one a line. */
public final class JsonLines {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final double THOUSAND = 1_000;

  private JsonLines() {}

  /** One figure of {@code bench}. */
  public static String line(String bench, Figure figure) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("bench", bench);
    line.put("figure", figure.name());
    line.put("value", rounded(figure.value()));
    line.put("unit", figure.unit());
    line.put("target", figure.goal() instanceof Goal.None ? null : figure.goal().text(""));
    line.put("met", figure.met());
    Figure.Limit limit = figure.limit();
    Double ratio = figure.ratio();
    line.put(
        "limit",
        limit == null ? null : Map.of("name", limit.name(), "value", rounded(limit.value())));
    line.put("ratio", ratio == null ? null : rounded(ratio));
    Map<String, Object> detail = new LinkedHashMap<>();
    figure.detail().forEach((key, value) -> detail.put(key, plain(value)));
    line.put("detail", detail);
    return JSON.writeValueAsString(line);
  }

  private static Object plain(Object value) {
    return value instanceof Double number ? (Object) rounded(number) : value;
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSAND) / THOUSAND;
  }
}
