package io.crontopus.agent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** A change of a text, as {@code diff -u} shows it. */
public final class UnifiedDiff {

  private UnifiedDiff() {}

  /** The change; empty when there is none. */
  public static String of(String name, byte[] before, byte[] after) {
    if (Arrays.equals(before, after)) {
      return "";
    }
    RawText a = new RawText(before);
    RawText b = new RawText(after);
    EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, a, b);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (DiffFormatter formatter = new DiffFormatter(text)) {
      formatter.format(edits, a, b);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "--- %1$s (now)\n+++ %1$s (after)\n".formatted(name) + text.toString(UTF_8);
  }
}
