package io.crontopus.cli.output;

/** Writes rows one by one, so that a long list needs little memory and shows its start at once. */
interface RowWriter {

  void row(Row row);

  /** After the last row. */
  void end();
}
