package io.crontopus.schedule;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers from one to another, both included. */
final class DayRange {

  private DayRange() {}

  static Set<Integer> of(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toSet());
  }
}
