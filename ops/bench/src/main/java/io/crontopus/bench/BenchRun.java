package io.crontopus.bench;

import io.crontopus.bench.report.Figure;
import io.crontopus.bench.report.JsonLines;
import io.crontopus.bench.report.Machine;
import io.crontopus.bench.report.PerformancePage;
import io.crontopus.bench.report.Table;
import io.crontopus.bench.session.Bench;
import io.crontopus.bench.session.BenchFailure;
import io.crontopus.bench.session.BenchOptions;
import io.crontopus.bench.session.CleanUp;
import io.crontopus.bench.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs benches, one after the other. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
final class BenchRun implements Callable<Integer> {

  private static final int OK = 0;
  private static final int FAILED = 1;

  private final List<Bench> benches;

  @Mixin BenchOptions options = new BenchOptions();

  private BenchRun(List<Bench> benches) {
    this.benches = benches;
  }

  static CommandLine commandLine(String name, Bench bench) {
    return named(new CommandLine(new BenchRun(List.of(bench))), name, bench.description());
  }

  static CommandLine commandLineOfAll() {
    return named(
        new CommandLine(new BenchRun(Benches.ALL)), "all", "All of them, one after the other.");
  }

  private static CommandLine named(CommandLine command, String name, String description) {
    command.setCommandName(name);
    command.getCommandSpec().usageMessage().description(description);
    return command;
  }

  @Override
  public Integer call() {
    int exit = OK;
    for (Bench bench : benches) {
      exit = Math.max(exit, run(bench));
    }
    return exit;
  }

  private int run(Bench bench) {
    try (CleanUp cleanUp = CleanUp.untilShutdown()) {
      Session session =
          new Session(
              bench.name(), options, cleanUp, System.err, figure -> tell(bench.name(), figure));
      session.step(session.commandLine() + " on " + Machine.description());
      try {
        bench.measure(session);
        return OK;
      } catch (BenchFailure e) {
        System.err.println("crontopus: bench " + bench.name() + ": " + e.getMessage());
        return FAILED;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return FAILED;
      } catch (Exception e) {
        if (cleanUp.isClosed()) {
          return FAILED;
        }
        System.err.println("crontopus: bench " + bench.name() + " broke off");
        e.printStackTrace();
        return FAILED;
      } finally {
        conclude(session);
      }
    }
  }

  private void tell(String bench, Figure figure) {
    if (options.json()) {
      System.out.println(JsonLines.line(bench, figure));
    }
  }

  private void conclude(Session session) {
    List<Figure> figures = session.figures();
    if (figures.isEmpty()) {
      return;
    }
    if (!options.json()) {
      System.out.print("\n" + Table.text(figures));
    }
    if (options.record()) {
      record(session, figures);
    }
  }

  private static void record(Session session, List<Figure> figures) {
    String launcher = System.getProperty("crontopus.launcher");
    if (launcher == null) {
      throw new BenchFailure("--record needs a checkout: run ./crontopus bench");
    }
    Path page = Path.of(launcher).resolveSibling("docs").resolve("performance.md");
    try {
      new PerformancePage(page)
          .keep(session.bench(), session.commandLine(), LocalDate.now(ZoneOffset.UTC), figures);
      session.step("kept in " + page);
    } catch (IOException e) {
      throw new BenchFailure("cannot write " + page + ": " + e.getMessage(), e);
    }
  }
}
