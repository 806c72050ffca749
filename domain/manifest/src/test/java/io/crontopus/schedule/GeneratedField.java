package io.crontopus.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** A field with the values that it means, made together, so that no parser has to be believed. */
record GeneratedField(String text, Set<Integer> values) {

  boolean star() {
    return text.startsWith("*");
  }

  static Arbitrary<GeneratedField> between(int min, int max) {
    Arbitrary<GeneratedField> star = Arbitraries.just(range("*", min, max, 1));
    Arbitrary<GeneratedField> starStep =
        Arbitraries.integers().between(1, max).map(step -> range("*/" + step, min, max, step));
    Arbitrary<GeneratedField> one =
        Arbitraries.integers().between(min, max).map(n -> range("" + n, n, n, 1));
    Arbitrary<GeneratedField> range =
        Combinators.combine(
                Arbitraries.integers().between(min, max), Arbitraries.integers().between(min, max))
            .as(
                (a, b) ->
                    range(
                        Math.min(a, b) + "-" + Math.max(a, b), Math.min(a, b), Math.max(a, b), 1));
    Arbitrary<GeneratedField> rangeStep =
        Combinators.combine(
                Arbitraries.integers().between(min, max),
                Arbitraries.integers().between(min, max),
                Arbitraries.integers().between(1, 10))
            .as(
                (a, b, step) -> {
                  int from = Math.min(a, b);
                  int to = Math.max(a, b);
                  return range(from + "-" + to + "/" + step, from, to, step);
                });
    Arbitrary<GeneratedField> term = Arbitraries.oneOf(one, range, rangeStep);
    Arbitrary<GeneratedField> list = term.list().ofMinSize(2).ofMaxSize(3).map(GeneratedField::of);
    return Arbitraries.frequencyOf(
        Tuple.of(4, star),
        Tuple.of(2, starStep),
        Tuple.of(3, one),
        Tuple.of(2, range),
        Tuple.of(1, rangeStep),
        Tuple.of(2, list));
  }

  private static GeneratedField of(List<GeneratedField> terms) {
    Set<Integer> values = new TreeSet<>();
    List<String> texts = new ArrayList<>();
    for (GeneratedField term : terms) {
      values.addAll(term.values());
      texts.add(term.text());
    }
    return new GeneratedField(String.join(",", texts), values);
  }

  private static GeneratedField range(String text, int from, int to, int step) {
    Set<Integer> values = new TreeSet<>();
    for (int n = from; n <= to; n++) {
      if ((n - from) % step == 0) {
        values.add(n);
      }
    }
    return new GeneratedField(text, values);
  }
}
