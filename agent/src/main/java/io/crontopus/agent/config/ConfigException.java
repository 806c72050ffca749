package io.crontopus.agent.config;

import java.util.List;

/** Settings that cannot be used; the message has one line a problem. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ConfigException(List<String> problems) {
    super(String.join("\n", problems));
  }
}
