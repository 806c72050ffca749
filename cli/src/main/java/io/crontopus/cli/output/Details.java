package io.crontopus.cli.output;

import io.crontopus.cli.shell.Out;
import java.util.ArrayList;
import java.util.List;

/** The fields of one thing, one a line. */
public final class Details {
  private final Out out;
  private final Palette palette;
  private final List<String> names = new ArrayList<>();
  private final List<Cell> values = new ArrayList<>();

  Details(Out out, Palette palette) {
    this.out = out;
    this.palette = palette;
  }

  /** A field; left out when it is empty. */
  public Details add(String name, String value) {
    return add(name, Cell.of(value));
  }

  /** A field in the colour of its status. */
  public Details addStatus(String name, String status) {
    return add(name, Cell.status(status));
  }

  private Details add(String name, Cell value) {
    if (!value.text().isEmpty()) {
      names.add(name);
      values.add(value);
    }
    return this;
  }

  public void write() {
    int width = names.stream().mapToInt(String::length).max().orElse(0) + 2;
    for (int at = 0; at < names.size(); at++) {
      Cell value = values.get(at);
      String name = names.get(at) + ":";
      String text = palette.paint(SafeText.line(value.text()), value.status());
      out.line(name + " ".repeat(width - name.length() + 1) + text);
    }
  }
}
