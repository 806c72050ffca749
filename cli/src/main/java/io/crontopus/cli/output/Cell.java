package io.crontopus.cli.output;

/**
 * One field of a table.
 *
 * @param text as the remote side sent it; made safe when it is shown
 * @param status what it means, for its colour; empty for none
 */
public record Cell(String text, String status) {

  public static Cell of(String text) {
    return new Cell(text, "");
  }

  /** A status, in its own colour. */
  public static Cell status(String status) {
    return new Cell(status, status);
  }
}
