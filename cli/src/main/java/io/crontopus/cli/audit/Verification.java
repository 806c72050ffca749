package io.crontopus.cli.audit;

import io.crontopus.cli.audit.ExportTail.Sides;
import io.crontopus.cli.audit.ExportTail.Signed;
import io.crontopus.proof.note.VerifierKey;
import io.crontopus.proof.tree.Frontier;
import io.crontopus.proof.tree.Hash;
import io.crontopus.proof.tree.LeafRange;
import io.crontopus.proof.tree.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an export once from the first event to the last and compares: each line with its leaf, each
 * leaf with its hash, the places one by one, and the tree with every checkpoint. Lines are checked
 * on all cores, and put together in their order. Not to be used again.
 */
final class Verification {

  /** What came out. */
  record Outcome(
      long events,
      long fromSeq,
      long checkpoints,
      long unknown,
      @Nullable Signed last,
      @Nullable VerifierKey signer,
      List<Deviation> deviations) {}

  /** A line can hold a manifest of a megabyte, several times over: what these need is bounded. */
  private static final int MOST_AT_ONCE = 8;

  private final KnownKeys keys;
  private final @Nullable Signed since;
  private final Deviations deviations = new Deviations();
  private Frontier tree = Frontier.empty();
  private Hash chain = Hash.EMPTY_TREE;
  private @Nullable EventLine firstUnproved;
  private @Nullable EventLine unlinked;
  private String tenantId = "";
  private long events;
  private long checkpoints;
  private long unknown;
  private @Nullable Signed last;
  private @Nullable VerifierKey signer;
  private boolean sinceCompared;

  Verification(KnownKeys keys, @Nullable Signed since) {
    this.keys = keys;
    this.since = since;
  }

  /**
   * Compares a whole export.
   *
   * @throws IllegalArgumentException when it is no export, or a damaged one
   */
  Outcome of(Path file) throws IOException {
    try (ExportTail tail = ExportTail.open(file);
        BufferedReader lines = Files.newBufferedReader(file)) {
      Sides sides = tail.sides();
      if (tail.peek().isEmpty()) {
        throw new IllegalArgumentException(
            "it ends without a signed checkpoint: it was cut, or nothing was signed yet");
      }
      tree = Frontier.of(sides.fromSeq(), sides.before());
      chain = sides.chain();
      compareSince();
      takeAll(lines, tail);
      finish(sides, tail);
      return new Outcome(
          events, sides.fromSeq(), checkpoints, unknown, last, signer, deviations.inOrder());
    }
  }

  private void takeAll(BufferedReader lines, ExportTail tail) throws IOException {
    int atOnce = Math.min(2 * Runtime.getRuntime().availableProcessors(), MOST_AT_ONCE);
    AtomicInteger number = new AtomicInteger();
    try (Stream<String> texts = lines.lines()) {
      Iterator<CheckedLine> checked =
          texts
              .map(text -> new CheckedLine.Raw(number.incrementAndGet(), text))
              .gather(Gatherers.mapConcurrent(atOnce, CheckedLine::of))
              .iterator();
      while (checked.hasNext()) {
        take(checked.next(), tail);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void take(CheckedLine line, ExportTail tail) throws IOException {
    EventLine event = line.event();
    if (event != null && deviations.isInPlace(event, tree.size())) {
      append(event, line);
      compareCheckpoints(tail);
    }
  }

  private void append(EventLine event, CheckedLine checked) {
    events++;
    if (tenantId.isEmpty()) {
      tenantId = event.tenantId();
    }
    if (firstUnproved == null) {
      firstUnproved = event;
    }
    if (checked.deviation() != null) {
      deviations.add(checked.deviation());
    } else if (checked.other() != null) {
      deviations.altered(event, checked.other());
    } else if (!event.tenantId().equals(tenantId)) {
      deviations.add(Deviation.of(event, "altered", "it belongs to another tenant"));
    }
    Hash link = Hash.ofLink(chain, event.leafHash());
    if (unlinked == null && event.chain() != null && !event.chain().equals(link)) {
      unlinked = event;
    }
    chain = event.chain() == null ? link : event.chain();
    tree.append(event.leafHash());
    compareSince();
  }

  private void compareCheckpoints(ExportTail tail) throws IOException {
    while (tail.peek().isPresent() && tail.peek().get().checkpoint().size() <= tree.size()) {
      Signed signed = tail.peek().get();
      if (signed.checkpoint().size() == tree.size()) {
        compare(signed);
      }
      tail.advance();
    }
  }

  private void compare(Signed signed) {
    checkpoints++;
    last = signed;
    signer = keys.signer(signed.note(), signed.checkpoint()).orElse(null);
    if (signer == null) {
      unknown++;
    }
    if (!signed.checkpoint().root().equals(tree.root())) {
      deviations.rootDiffers(firstUnproved, unlinked, tree.size());
    } else {
      firstUnproved = null;
      unlinked = null;
    }
  }

  private void compareSince() {
    if (since != null && since.checkpoint().size() == tree.size()) {
      sinceCompared = true;
      if (!since.checkpoint().root().equals(tree.root())) {
        deviations.rootDiffers(firstUnproved, unlinked, tree.size());
      }
    }
  }

  private void finish(Sides sides, ExportTail tail) throws IOException {
    deviations.end(tree.size(), sides.toSeq());
    if (deviations.areBroken()) {
      return;
    }
    if (tail.peek().isPresent()) {
      Signed covering = tail.peek().get();
      List<Node> rest = new LeafRange(tree.size(), covering.checkpoint().size()).nodes();
      if (rest.size() != sides.after().size()) {
        deviations.missing(tree.size(), covering.checkpoint().size());
        return;
      }
      for (int i = 0; i < rest.size(); i++) {
        tree.appendSubtree(rest.get(i).level(), sides.after().get(i));
      }
      compareSince();
      compare(covering);
    }
    if (deviations.areNone()) {
      requireSigned();
    }
    requireSince();
  }

  private void requireSigned() {
    if (last == null || last.checkpoint().size() != tree.size()) {
      throw new IllegalArgumentException("its last events are under no checkpoint");
    }
    if (signer == null) {
      throw new IllegalArgumentException(
          "its last checkpoint is not signed by any of the keys, or was changed");
    }
    if (!tenantId.isEmpty() && !last.checkpoint().origin().endsWith("/tenant/" + tenantId)) {
      throw new IllegalArgumentException("its checkpoints are of another log than its events");
    }
  }

  private void requireSince() {
    if (since == null || last == null) {
      return;
    }
    if (!since.checkpoint().origin().equals(last.checkpoint().origin())) {
      throw new IllegalArgumentException("the older checkpoint is of another log");
    }
    if (since.checkpoint().size() > tree.size()) {
      deviations.missing(tree.size(), since.checkpoint().size());
    } else if (!sinceCompared) {
      throw new IllegalArgumentException(
          "the older checkpoint of "
              + since.checkpoint().size()
              + " events cannot be compared: export from an earlier seq");
    }
  }
}
