package io.crontopus.cli.audit;

import io.crontopus.cli.audit.ExportTail.Signed;
import io.crontopus.cli.audit.Verification.Outcome;
import io.crontopus.cli.command.CliCommand;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code crontopus audit verify}. */
@Command(
    name = "verify",
    description = {
      "Verify an export, with nothing but the public key. No platform is asked.",
      "Names the first event that was altered, removed or reordered."
    },
    footer = {
      "  crontopus audit verify log.ndjson --key audit.pub",
      "  crontopus audit verify log.ndjson --key audit.pub --since 2026-01-31.checkpoint",
      "  crontopus audit export | crontopus audit verify - --key audit.pub"
    })
public final class VerifyExport extends CliCommand {

  private static final int MOST_SHOWN = 20;

  @Parameters(paramLabel = "FILE", description = "The export; - for standard input.")
  private String file = "";

  @Option(
      names = "--key",
      required = true,
      paramLabel = "KEY",
      description =
          "The public key, or a file with one on each line; from a source you trust, not from the export.")
  private List<String> keys = List.of();

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "An older checkpoint, or an older export: the log must be its continuation. Finds a log that was cut.")
  private String since = "";

  public VerifyExport(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    KnownKeys known = KnownKeys.of(keys, surroundings());
    Signed older = since.isEmpty() ? null : older(known);
    try {
      return file.equals("-") ? ofInput(known, older) : of(surroundings().file(file), known, older);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no file " + e.getMessage() + ".");
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new Failure(ExitCode.FAILED, "The export is not intact: it is not UTF-8.");
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "The export cannot be read: " + e + ".");
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, "The export does not verify: " + e.getMessage() + ".");
    }
  }

  /** The end of an export says how its beginning is to be read. */
  private int ofInput(KnownKeys known, @Nullable Signed older) throws IOException {
    Path copy = Files.createTempFile("crontopus-export-", ".ndjson");
    try {
      Files.copy(surroundings().in(), copy, StandardCopyOption.REPLACE_EXISTING);
      return of(copy, known, older);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private int of(Path export, KnownKeys known, @Nullable Signed older) throws IOException {
    Outcome outcome = new Verification(known, older).of(export);
    if (outcome.deviations().isEmpty()) {
      tell(outcome);
      return ExitCode.OK;
    }
    List<Deviation> deviations = outcome.deviations();
    List<String> others =
        deviations.stream().skip(1).limit(MOST_SHOWN).map(one -> "also: " + one.text()).toList();
    throw new Failure(
        ExitCode.FAILED,
        "The log is not what was signed: " + deviations.getFirst().text() + ".",
        others);
  }

  private void tell(Outcome outcome) {
    surroundings()
        .data()
        .line(
            "ok: %d events from seq %d on are what was signed"
                .formatted(outcome.events(), outcome.fromSeq()));
    if (outcome.last() != null) {
      surroundings()
          .data()
          .line(
              "checkpoint: %d events, root %s, of %s"
                  .formatted(
                      outcome.last().checkpoint().size(),
                      outcome.last().checkpoint().root().base64(),
                      outcome.last().checkpoint().origin()));
    }
    if (outcome.signer() != null) {
      surroundings().data().line("signed by: " + outcome.signer());
    }
    if (outcome.unknown() > 0) {
      surroundings()
          .say(
              "%d of %d checkpoints are signed by keys that were not given; what they say is right."
                  .formatted(outcome.unknown(), outcome.checkpoints()));
    }
  }

  private Signed older(KnownKeys known) {
    Path path = surroundings().file(since);
    try {
      Signed signed = last(path);
      if (known.signer(signed.note(), signed.checkpoint()).isEmpty()) {
        throw new Failure(
            ExitCode.FAILED, "The checkpoint in " + since + " is not signed by any of the keys.");
      }
      return signed;
    } catch (java.nio.file.NoSuchFileException e) {
      throw new Failure(ExitCode.NOT_FOUND, "There is no file " + since + ".");
    } catch (IOException | IllegalArgumentException e) {
      throw new Failure(
          ExitCode.FAILED, "There is no checkpoint in " + since + ": " + e.getMessage() + ".");
    }
  }

  private static Signed last(Path path) throws IOException {
    String start;
    try (var in = Files.newInputStream(path)) {
      start = new String(in.readNBytes(1), java.nio.charset.StandardCharsets.US_ASCII);
    }
    if (!start.equals("{")) {
      return Signed.of(Files.readString(path));
    }
    try (ExportTail tail = ExportTail.open(path)) {
      Signed last = null;
      while (tail.peek().isPresent()) {
        last = tail.peek().get();
        tail.advance();
      }
      if (last == null) {
        throw new IllegalArgumentException("an export without one");
      }
      return last;
    }
  }
}
