package io.crontopus.manifest;

import java.util.List;

/**
 * Shell commands that run on the machine after a run, in order. Their result changes nothing about
 * the run.
 */
public record Hooks(List<String> onSuccess, List<String> onFailure) {

  public static final Hooks NONE = new Hooks(List.of(), List.of());

  public Hooks {
    onSuccess = List.copyOf(onSuccess);
    onFailure = List.copyOf(onFailure);
  }
}
