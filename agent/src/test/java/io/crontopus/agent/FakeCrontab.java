package io.crontopus.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A program that answers as {@code crontab} does, with the table in a file. */
public final class FakeCrontab {

  private final Path table;
  private final Path program;
  private final Path beforeWrite;
  private final Path beforeRead;

  public FakeCrontab(Path folder) throws IOException {
    Files.createDirectories(folder);
    table = folder.resolve("table");
    program = folder.resolve("crontab");
    beforeWrite = folder.resolve("before-write");
    beforeRead = folder.resolve("before-read");
    Files.writeString(
        program,
        """
        #!/bin/sh
        cd '%s'
        case $1 in
          -l)
            if [ -f before-read ]; then mv before-read hook; sh ./hook; fi
            [ -f table ] || { echo "no crontab for $(id -un)" >&2; exit 1; }
            cat table ;;
          -e) $VISUAL table ;;
          -r) rm table ;;
          -)
            cat > new
            if [ -f before-write ]; then mv before-write hook; sh ./hook || exit 1; fi
            mv new table; echo x >> writes ;;
        esac
        """
            .formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  public Path program() {
    return program;
  }

  public Path table() {
    return table;
  }

  /** Runs a script once, right before the table is replaced; a failing one keeps it. */
  public void beforeWrite(String script) throws IOException {
    Files.writeString(beforeWrite, script);
  }

  /** Runs a script once, right before the table is read. */
  public void beforeRead(String script) throws IOException {
    Files.writeString(beforeRead, script);
  }

  /** How often the table was replaced. */
  public long writes() throws IOException {
    Path writes = table.resolveSibling("writes");
    return Files.exists(writes) ? Files.readAllLines(writes).size() : 0;
  }
}
