package io.crontopus.cli.command;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Finds options that may stand before the noun as well as after the verb. */
final class Shared {

  private Shared() {}

  /** What was given after the verb, else what was given on the top command, else null. */
  static <O, T> @Nullable T chosen(
      @Nullable CommandSpec command, Class<O> type, O own, Function<O, @Nullable T> option) {
    T chosen = option.apply(own);
    if (chosen != null || command == null) {
      return chosen;
    }
    return command.root().mixins().values().stream()
        .map(CommandSpec::userObject)
        .filter(type::isInstance)
        .map(type::cast)
        .map(option)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
