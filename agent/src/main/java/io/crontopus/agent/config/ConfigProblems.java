package io.crontopus.agent.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, collected so that all of it can be told at once. */
final class ConfigProblems {

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  ConfigProblems(Path file) {
    this.file = file;
  }

  /** Adds a problem; lines count from 1. */
  void add(int line, String problem) {
    problems.add(file + ":" + line + ": " + problem);
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
