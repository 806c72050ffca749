package io.crontopus.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds jobs that wait for each other. One walk over all dependencies, without recursion, so that
 * long chains are no problem. Where cycles are entangled, enough of them are shown to begin with.
 */
final class DependencyCycles {

  private enum Visit {
    ON_THE_WAY,
    DONE
  }

  private record Step(String job, Iterator<String> rest) {}

  private final Map<String, List<String>> jobs;
  private final Map<String, Visit> visits = new HashMap<>();
  private final Deque<Step> way = new ArrayDeque<>();
  private final Set<String> shown = new HashSet<>();
  private final List<List<String>> cycles = new ArrayList<>();

  private DependencyCycles(Map<String, List<String>> jobs) {
    this.jobs = jobs;
  }

  static List<List<String>> in(Map<String, List<String>> jobs) {
    DependencyCycles search = new DependencyCycles(jobs);
    jobs.keySet().forEach(search::walkFrom);
    return search.cycles;
  }

  private void walkFrom(String start) {
    if (visits.containsKey(start)) {
      return;
    }
    enter(start);
    while (!way.isEmpty()) {
      Step step = way.getLast();
      if (!step.rest().hasNext()) {
        visits.put(step.job(), Visit.DONE);
        way.removeLast();
        continue;
      }
      String next = step.rest().next();
      switch (visits.get(next)) {
        case null -> enter(next);
        case ON_THE_WAY -> cycle(step.job(), next);
        case DONE -> {}
      }
    }
  }

  private void enter(String job) {
    visits.put(job, Visit.ON_THE_WAY);
    List<String> others = jobs.getOrDefault(job, List.of());
    Set<String> known = new LinkedHashSet<>(others);
    known.retainAll(jobs.keySet());
    way.addLast(new Step(job, known.iterator()));
  }

  private void cycle(String last, String first) {
    if (!shown.contains(last)) {
      List<String> cycle = wayFrom(first);
      cycles.add(cycle);
      shown.addAll(cycle);
    }
  }

  private List<String> wayFrom(String job) {
    return way.stream().map(Step::job).dropWhile(name -> !name.equals(job)).toList();
  }
}
