package io.crontopus.agent.enroll;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.ExitCodes;
import io.crontopus.agent.config.ConfigException;
import io.crontopus.agent.config.ServerAddress;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.platform.PlatformException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent enroll}. */
@Command(
    name = "enroll",
    description = "Make this machine an endpoint of a tenant.",
    footer = {
      "",
      "The enrollment token is read from a file or standard input, never from the command line.",
      "Enrolling again keeps the settings and gives the same endpoint a new token.",
      "",
      "Example:",
      "  agent enroll --server https://crontopus.example.org --token-file - \\",
      "      --data /var/lib/crontopus --label role=database"
    })
public final class EnrollCommand implements Callable<Integer> {

  @Option(names = "--server", required = true, paramLabel = "URL", description = "The platform.")
  String server = "";

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "Where the enrollment token is; - is standard input.")
  String tokenFile = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The agent's data folder; made if need be.")
  Path data = Path.of("");

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) to trust instead of those that Java knows; kept as ca_file.")
  @Nullable Path caFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What people call it; the host's name.")
  @Nullable String name;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "What manifests can select it by; may be repeated.")
  Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--machine-id",
      paramLabel = "ID",
      description = "What tells this machine apart; needed only for cloned machines.")
  @Nullable String machineId;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws InterruptedException {
    try {
      URI address = ServerAddress.parse(server);
      DataDir folder = DataDir.at(data);
      Enrollment.Request request =
          new Enrollment.Request(
              address,
              Optional.ofNullable(caFile).map(Path::toAbsolutePath),
              Optional.ofNullable(name),
              labels,
              Optional.ofNullable(machineId));
      Endpoint endpoint = new Enrollment(folder, Host.local()).enroll(request, token());
      spec.commandLine()
          .getOut()
          .printf(
              "enrolled as %s%nstart it with: agent run --data %s%n", endpoint.id(), folder.root());
      return ExitCodes.OK;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (PlatformException e) {
      return ExitCodes.fail(spec, ExitCodes.of(e), String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, "no file " + e.getFile());
    } catch (ConfigException | IOException e) {
      return ExitCodes.fail(spec, ExitCodes.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private String token() throws IOException {
    byte[] bytes =
        tokenFile.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(tokenFile));
    String token = new String(bytes, UTF_8).strip();
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new IOException(
          (tokenFile.equals("-") ? "standard input" : tokenFile) + " does not hold one token");
    }
    return token;
  }
}
