package io.crontopus.agent;

import java.util.Optional;

/** Which version this is. */
public final class AgentVersion {

  /** As the jar's manifest says, else {@code dev}. */
  public static final String VERSION =
      Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion()).orElse("dev");

  private AgentVersion() {}
}
