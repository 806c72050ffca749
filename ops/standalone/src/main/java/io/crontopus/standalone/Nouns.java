package io.crontopus.standalone;

import picocli.CommandLine;

/** The commands of other modules. */
final class Nouns {

  private Nouns() {}

  static void addTo(CommandLine top) {
    top.setUsageHelpLongOptionsMaxWidth(30);
  }
}
