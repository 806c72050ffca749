package io.crontopus.web.limit;

import java.util.List;
import java.util.stream.Stream;

/**
 * Rates that hold together, separated by commas: {@code 5/m, 30/h}; {@code off} for none.
 *
 * @param rates none when there is no limit
 */
public record Rates(List<Rate> rates) {

  private static final String OFF = "off";

  public Rates {
    rates = List.copyOf(rates);
  }

  /**
   * Reads rates.
   *
   * @throws IllegalArgumentException when one of them is none
   */
  public static Rates valueOf(String text) {
    return text.isBlank() || text.strip().equalsIgnoreCase(OFF)
        ? new Rates(List.of())
        : new Rates(Stream.of(text.split(",")).map(Rate::valueOf).toList());
  }
}
