package io.crontopus.web;

import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of one type without binding, for routes that are asked often. It only has to
 * understand what well-behaved clients send: anything else is bound as usual, so that errors are
 * told in one way everywhere.
 */
public interface QuickJson<T> {

  /** The type of the bodies. */
  Class<T> type();

  /**
   * The body.
   *
   * @param body UTF-8
   * @return null for whatever is not plainly right
   */
  @Nullable T read(byte[] body);
}
