package io.crontopus.agent.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody who mistyped an option most likely meant. */
final class NearestOption {

  private static final int MOST_MISTAKES = 3;

  private NearestOption() {}

  static Optional<String> of(String wrong, Collection<String> known) {
    return known.stream()
        .filter(name -> distance(wrong, name) <= Math.min(MOST_MISTAKES, name.length() / 2))
        .min(Comparator.comparingInt(name -> distance(wrong, name)));
  }

  /** Insertions, deletions and replacements that make one of the other. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
