package io.crontopus.manifest;

import java.util.List;

/**
 * Who hears about what.
 *
 * @param when what the rule waits for
 * @param after how many times in a row it must happen, at least 1
 * @param channels names of the channels; at least one
 */
public record AlertRule(AlertTrigger when, int after, List<String> channels) {

  public AlertRule {
    channels = List.copyOf(channels);
  }
}
