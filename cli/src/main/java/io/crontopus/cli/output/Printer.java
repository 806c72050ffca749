package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Writes data to standard output in the format that was asked for.
 *
 * @param quiet only ids
 * @param width the columns of the terminal that tables are cut to, 0 for no limit
 */
public record Printer(Out out, OutputFormat format, boolean quiet, Palette palette, int width) {

  /** Writes all rows; tells how many there were. */
  public int list(Listing listing, Iterable<JsonNode> rows) {
    RowWriter writer = writer(listing);
    int count = 0;
    for (JsonNode row : rows) {
      writer.row(new Row(row));
      count++;
    }
    writer.end();
    out.flush();
    return count;
  }

  private RowWriter writer(Listing listing) {
    if (quiet) {
      return new IdRows(out, listing.id());
    }
    return switch (format) {
      case TABLE -> new TableRows(out, listing.columns(), palette, width);
      case JSON -> new JsonRows(out);
      case YAML -> new YamlRows(out);
    };
  }

  /** Writes one resource: the document as it is, or what the view draws for a person. */
  public void one(JsonNode resource, Runnable view) {
    switch (format) {
      case TABLE -> view.run();
      case JSON -> out.line(Documents.json(resource));
      case YAML -> out.print(Documents.yaml(resource));
    }
    out.flush();
  }

  /** A table among other things, under a heading. */
  public void table(String heading, List<Column> columns, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    heading(heading);
    var table = new TableRows(out, columns, palette, width);
    rows.forEach(table::row);
    table.end();
  }

  /** A line of its own before a section. */
  public void heading(String text) {
    out.line("");
    out.line(palette.strong(text));
  }

  /** Name and value on a line each; values that are empty are left out. */
  public Details details() {
    return new Details(out, palette);
  }
}
