package io.crontopus.web;

/** Something that the service needs in order to be ready for requests. */
public interface HealthCheck {

  /** Its name in the answer. */
  String name();

  /** Whether it works now. May block for a moment. */
  boolean isUp();
}
