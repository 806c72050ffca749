package io.crontopus.cli.completion;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes completions in fish's own language, from the same model as the help. */
final class FishCompletion {
  private final String program;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String script(CommandLine top) {
    var completion = new FishCompletion(top.getCommandName());
    completion.script.append("complete -c ").append(completion.program).append(" -f\n");
    completion.add(top.getCommandSpec(), "__fish_use_subcommand", List.of());
    return completion.script.toString();
  }

  private void add(CommandSpec command, String condition, List<String> path) {
    for (Map.Entry<String, CommandLine> child : command.subcommands().entrySet()) {
      CommandSpec spec = child.getValue().getCommandSpec();
      if (spec.usageMessage().hidden()) {
        continue;
      }
      line(condition, "-a " + child.getKey(), description(spec.usageMessage().description()));
      var childPath = new ArrayList<>(path);
      childPath.add(child.getKey());
      add(spec, conditionFor(childPath, spec), childPath);
    }
    if (command.subcommands().isEmpty()) {
      command.options().forEach(option -> add(option, condition));
      command.positionalParameters().stream()
          .filter(parameter -> isFile(parameter.paramLabel()))
          .forEach(parameter -> line(condition, "-F", description(parameter.description())));
    }
  }

  private static String conditionFor(List<String> path, CommandSpec command) {
    var condition = new StringBuilder();
    for (String word : path) {
      condition.append(condition.isEmpty() ? "" : "; and ");
      condition.append("__fish_seen_subcommand_from ").append(word);
    }
    if (!command.subcommands().isEmpty()) {
      condition.append("; and not __fish_seen_subcommand_from ");
      condition.append(String.join(" ", command.subcommands().keySet()));
    }
    return condition.toString();
  }

  private void add(OptionSpec option, String condition) {
    var names = new StringBuilder();
    for (String name : option.names()) {
      names.append(names.isEmpty() ? "" : " ");
      names.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    boolean takesFile = isFile(option.paramLabel());
    if (option.arity().max() > 0) {
      names.append(takesFile ? " -r -F" : " -x");
    }
    line(condition, names.toString(), description(option.description()));
  }

  private static boolean isFile(String label) {
    return label.contains("FILE") || label.equals("DIR");
  }

  private void line(String condition, String what, String description) {
    script.append("complete -c ").append(program).append(" -n '").append(condition).append("' ");
    script.append(what).append(" -d '").append(description.replace("'", "\\'")).append("'\n");
  }

  private static String description(String[] lines) {
    return lines.length == 0 ? "" : lines[0].replaceFirst("\\.(\\s.*)?$", "");
  }
}
