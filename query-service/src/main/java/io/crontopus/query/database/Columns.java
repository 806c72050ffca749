package io.crontopus.query.database;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads columns whose type and nullability the tables promise. */
public final class Columns {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private Columns() {}

  /** A text. */
  public static String text(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, String.class), column);
  }

  /** A text, where there is one. */
  public static @Nullable String optionalText(Readable row, String column) {
    return row.get(column, String.class);
  }

  /** A time. */
  public static Instant time(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, Instant.class), column);
  }

  /** A time, where there is one. */
  public static @Nullable Instant optionalTime(Readable row, String column) {
    return row.get(column, Instant.class);
  }

  /** A truth value. */
  public static boolean flag(Readable row, String column) {
    return Boolean.TRUE.equals(row.get(column, Boolean.class));
  }

  /** A whole number. */
  public static long number(Readable row, String column) {
    return Objects.requireNonNull(row.get(column, Long.class), column);
  }

  /** A map of texts, from a column that was cast to text. */
  public static Map<String, String> textMap(Readable row, String column) {
    return json(row, column, TEXTS, Map.of());
  }

  /** A tree, from a column that was cast to text. */
  public static Map<String, Object> tree(Readable row, String column) {
    return json(row, column, TREE, Map.of());
  }

  /** A list of objects, from a column that was cast to text. */
  public static <T> List<T> list(Readable row, String column, Class<T> element) {
    String json = optionalText(row, column);
    return json == null ? List.of() : JSON.readerForListOf(element).readValue(json);
  }

  /** A list of texts, from a column that was cast to text; a single text counts as a list of it. */
  public static List<String> texts(Readable row, String column) {
    String json = optionalText(row, column);
    return switch (json == null ? null : JSON.readValue(json, Object.class)) {
      case List<?> list -> list.stream().map(String::valueOf).toList();
      case String single -> List.of(single);
      case null, default -> List.of();
    };
  }

  /** A tree as a {@code jsonb} parameter wants it. */
  public static String json(Object tree) {
    return JSON.writeValueAsString(tree);
  }

  private static <T> T json(Readable row, String column, TypeReference<T> type, T otherwise) {
    String json = optionalText(row, column);
    return json == null ? otherwise : JSON.readValue(json, type);
  }
}
