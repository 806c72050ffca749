package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;
import tools.jackson.databind.node.JsonNodeFactory;

/** One YAML sequence of all rows. */
final class YamlRows implements RowWriter {
  private final Out out;
  private boolean isEmpty = true;

  YamlRows(Out out) {
    this.out = out;
  }

  @Override
  public void row(Row row) {
    out.print(Documents.yaml(JsonNodeFactory.instance.arrayNode().add(row.json())));
    isEmpty = false;
  }

  @Override
  public void end() {
    if (isEmpty) {
      out.line("[]");
    }
  }
}
