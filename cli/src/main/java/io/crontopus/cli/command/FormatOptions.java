package io.crontopus.cli.command;

import io.crontopus.cli.output.OutputFormat;
import io.crontopus.cli.output.Palette;
import io.crontopus.cli.output.Printer;
import io.crontopus.cli.shell.Surroundings;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How data is shown. On the top command these options hold for every command below. */
public final class FormatOptions {
  private static final int WIDTH_IF_UNKNOWN = 100;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      order = 100,
      paramLabel = "FORMAT",
      converter = OutputFormat.Converter.class,
      description = "Show data as table, json or yaml. Default: table.")
  private @Nullable OutputFormat format;

  @Option(
      names = "--no-color",
      order = 101,
      description = "No colours, even on a terminal. NO_COLOR in the environment does the same.")
  private boolean isPlain;

  public OutputFormat format() {
    OutputFormat chosen = chosen(options -> options.format);
    return chosen == null ? OutputFormat.TABLE : chosen;
  }

  private <T> @Nullable T chosen(Function<FormatOptions, @Nullable T> option) {
    return Shared.chosen(command, FormatOptions.class, this, option);
  }

  private boolean isPlain() {
    return Boolean.TRUE.equals(chosen(options -> options.isPlain ? true : null));
  }

  public Printer printer(Surroundings surroundings) {
    return printer(surroundings, false);
  }

  /**
   * @param quiet only ids
   */
  public Printer printer(Surroundings surroundings, boolean quiet) {
    boolean isTerminal = surroundings.terminal().outputIsTerminal();
    boolean needsWidth = isTerminal && !quiet && format() == OutputFormat.TABLE;
    return new Printer(
        surroundings.data(),
        format(),
        quiet,
        palette(surroundings),
        needsWidth ? width(surroundings) : 0);
  }

  private static int width(Surroundings surroundings) {
    return surroundings
        .variable("COLUMNS")
        .filter(text -> text.matches("\\d{1,4}"))
        .map(Integer::valueOf)
        .filter(columns -> columns > 0)
        .or(() -> surroundings.terminal().width())
        .orElse(WIDTH_IF_UNKNOWN);
  }

  public Palette palette(Surroundings surroundings) {
    boolean isWanted =
        surroundings.terminal().outputIsTerminal()
            && !isPlain()
            && surroundings.variable("NO_COLOR").isEmpty()
            && !surroundings.variable("TERM").equals(Optional.of("dumb"));
    return isWanted ? Palette.ANSI : Palette.PLAIN;
  }
}
