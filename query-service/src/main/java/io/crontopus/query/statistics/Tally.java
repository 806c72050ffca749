package io.crontopus.query.statistics;

import static io.crontopus.query.database.Columns.number;
import static io.crontopus.query.database.Columns.text;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many runs there were.
 *
 * @param byStatus of each status that occurred
 * @param duration of those whose duration is known; null when there are none
 */
record Tally(long runs, Map<String, Long> byStatus, @Nullable Durations duration) {

  private static final double MILLIS = 1_000.0;

  /** Durations, in seconds. */
  record Durations(double average, double maximum, double total) {}

  /** A tally of one piece of time. */
  record Piece(Instant start, @JsonUnwrapped Tally tally) {}

  /** What the database counted: of one status, and of one piece of time where pieces are wanted. */
  record Count(
      @Nullable Instant piece, String status, long runs, long durations, long millis, long most) {

    static Count of(Readable row) {
      return new Count(
          row.get("piece", Instant.class),
          text(row, "status"),
          number(row, "runs"),
          number(row, "durations"),
          number(row, "millis"),
          number(row, "most"));
    }

    private Instant pieceStart() {
      return Objects.requireNonNull(piece);
    }
  }

  static Tally of(Collection<Count> counts) {
    Map<String, Long> byStatus = new TreeMap<>();
    counts.forEach(count -> byStatus.merge(count.status(), count.runs(), Long::sum));
    long durations = counts.stream().mapToLong(Count::durations).sum();
    double millis = counts.stream().mapToLong(Count::millis).sum();
    long most = counts.stream().mapToLong(Count::most).max().orElse(0);
    return new Tally(
        counts.stream().mapToLong(Count::runs).sum(),
        byStatus,
        durations == 0
            ? null
            : new Durations(millis / durations / MILLIS, most / MILLIS, millis / MILLIS));
  }

  /** A tally of each piece that something happened in, in order; null when none are wanted. */
  static @Nullable List<Piece> pieces(Collection<Count> counts, @Nullable Bucket bucket) {
    if (bucket == null) {
      return null;
    }
    Map<Instant, List<Count>> pieces =
        counts.stream()
            .filter(count -> count.piece() != null)
            .collect(Collectors.groupingBy(Count::pieceStart, TreeMap::new, Collectors.toList()));
    return pieces.entrySet().stream()
        .map(piece -> new Piece(piece.getKey(), of(piece.getValue())))
        .toList();
  }
}
