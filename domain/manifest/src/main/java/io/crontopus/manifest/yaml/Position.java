package io.crontopus.manifest.yaml;

/**
 * A place in a file.
 *
 * @param line from 1; 0: not from a file
 * @param column from 1
 */
public record Position(int line, int column) {

  /** Of values that come from no file. */
  public static final Position NONE = new Position(0, 0);

  public Position right(int columns) {
    return new Position(line, column + columns);
  }
}
