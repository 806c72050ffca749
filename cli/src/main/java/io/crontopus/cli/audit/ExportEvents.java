package io.crontopus.cli.audit;

import io.crontopus.cli.command.OnlineCommand;
import io.crontopus.cli.http.Query;
import io.crontopus.cli.http.TextLines;
import io.crontopus.cli.shell.ExitCode;
import io.crontopus.cli.shell.Failure;
import io.crontopus.cli.shell.Out;
import io.crontopus.cli.shell.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code crontopus audit export}. */
@Command(
    name = "export",
    description = {
      "Write the log as lines of JSON that can be verified without the platform.",
      "Without --to-seq it ends with the last event that is signed, which is a few seconds old."
    },
    footer = {
      "  crontopus audit export > log.ndjson",
      "  crontopus audit export --from-seq 1000 --file later.ndjson"
    })
public final class ExportEvents extends OnlineCommand {

  @Option(names = "--from-seq", paramLabel = "SEQ", description = "The first event. Default: 0.")
  private long fromSeq;

  @Option(names = "--to-seq", paramLabel = "SEQ", description = "The last event.")
  private String toSeq = "";

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Write to this file, which is complete once it is there.")
  private String file = "";

  public ExportEvents(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  protected int run() {
    Query query = Query.NONE.with("from_seq", Long.toString(fromSeq)).with("to_seq", toSeq);
    if (file.isEmpty()) {
      write(query, surroundings().data());
      return ExitCode.OK;
    }
    Path target = surroundings().file(file);
    Path fresh = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(fresh)) {
        Out lines = new Out(out);
        write(query, lines);
        lines.flush();
      }
      Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED, "The file " + file + " cannot be written: " + e.getMessage() + ".");
    }
    return ExitCode.OK;
  }

  private void write(Query query, Out out) {
    String last = "";
    try (TextLines lines = api().lines("/audit/export", query, "application/x-ndjson")) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        out.line(line);
        last = line;
      }
    } catch (IOException e) {
      throw new Failure(
          ExitCode.UNREACHABLE, "The export broke off: " + e.getMessage() + ".", "Try it again.");
    }
    if (last.startsWith("{\"seq\"")) {
      throw new Failure(
          ExitCode.FAILED,
          "The export has no checkpoint at its end.",
          "Nothing is signed yet, or the export broke off. Try it again.");
    }
  }
}
