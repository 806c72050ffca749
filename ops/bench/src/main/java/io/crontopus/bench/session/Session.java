package io.crontopus.bench.session;

import io.crontopus.bench.report.Figure;
import io.crontopus.bench.system.OtherLoad;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** One bench on its way. */
public final class Session {

  private static final double DISTURBING_PERCENT = 15;

  private final String bench;
  private final BenchOptions options;
  private final CleanUp cleanUp;
  private final PrintStream talk;
  private final Consumer<Figure> listener;
  private final List<Figure> figures = new ArrayList<>();
  private final OtherLoad otherLoad = new OtherLoad();
  private final long began = System.nanoTime();

  /**
   * A session.
   *
   * @param bench name of the bench
   * @param talk where progress is told
   * @param listener gets each figure as soon as it is known
   */
  public Session(
      String bench,
      BenchOptions options,
      CleanUp cleanUp,
      PrintStream talk,
      Consumer<Figure> listener) {
    this.bench = bench;
    this.options = options;
    this.cleanUp = cleanUp;
    this.talk = talk;
    this.listener = listener;
  }

  public String bench() {
    return bench;
  }

  public BenchOptions options() {
    return options;
  }

  public CleanUp cleanUp() {
    return cleanUp;
  }

  /** Tells what is going on, with the seconds since the bench began. */
  public void step(String what) {
    talk.printf(Locale.ROOT, "%6.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    talk.flush();
  }

  /** Adds a result. */
  public void add(Figure figure) {
    OptionalDouble others = otherLoad.percentSinceLastCall();
    Figure complete =
        others.isEmpty() ? figure : figure.with("other_load_percent", others.getAsDouble());
    figures.add(complete);
    step(figure.inOneLine());
    if (others.orElse(0) > DISTURBING_PERCENT) {
      step("DISTURBED: others used %.0f %% of a core meanwhile".formatted(others.getAsDouble()));
    }
    listener.accept(complete);
  }

  /** The results so far. */
  public List<Figure> figures() {
    return List.copyOf(figures);
  }

  /** The command that makes these results again. */
  public String commandLine() {
    return "./crontopus bench " + bench + options.commandLine();
  }
}
