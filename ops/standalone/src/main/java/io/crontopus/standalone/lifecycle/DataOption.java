package io.crontopus.standalone.lifecycle;

import io.crontopus.standalone.data.DataFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which platform a command is about. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the platform's data folder (default: $CRONTOPUS_DATA, else ~/.local/share/crontopus)")
  @Nullable Path data;

  DataFolder folder() {
    return DataFolder.at(data == null ? DataFolder.defaultRoot() : data);
  }
}
