package io.crontopus.web;

/** A part of the platform that works only where it was set up, such as e-mail. */
public interface OptionalPart {

  /** Its name in the answer of {@code /health}. */
  String name();

  /** How it is, in a word: {@code on}, {@code off}, {@code failing}. Does not block. */
  String state();
}
