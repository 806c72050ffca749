package io.crontopus.agent.crontab;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.config.CrontabConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A user's crontab, by way of the {@code crontab} program, which replaces the table in one step and
 * tells the daemon.
 */
public final class Crontab {

  private static final int SECONDS = 30;

  private final List<String> command;

  /** The crontab that the settings name. */
  public Crontab(CrontabConfig config) {
    List<String> words = new ArrayList<>();
    words.add(config.command());
    config.user().ifPresent(user -> words.addAll(List.of("-u", user)));
    this.command = List.copyOf(words);
  }

  /** The bytes of the table; none when the user has no table. */
  public byte[] read() throws IOException {
    Result result = run(new byte[0], "-l");
    if (result.status == 0) {
      return mayBeEscaped(result.output) ? readAsEditor() : result.output;
    }
    if (result.error.toLowerCase(Locale.ROOT).contains("no crontab for")) {
      return new byte[0];
    }
    throw failed("-l", result);
  }

  /**
   * Debian's {@code crontab -l} shows a carriage return as {@code \\r} and a backspace as {@code
   * \\b}, which cannot be told from those two characters themselves.
   */
  private static boolean mayBeEscaped(byte[] output) {
    for (int i = 1; i < output.length; i++) {
      if (output[i - 1] == '\\' && (output[i] == 'r' || output[i] == 'b')) {
        return true;
      }
    }
    return false;
  }

  /** Editors get the table as it is. This one prints it and leaves it alone. */
  private byte[] readAsEditor() throws IOException {
    Result result = run(new byte[0], "-e");
    if (result.status != 0) {
      throw failed("-e", result);
    }
    return result.output;
  }

  /** Replaces the table; an empty one is removed. */
  public void write(byte[] crontab) throws IOException {
    String how = crontab.length == 0 ? "-r" : "-";
    Result result = run(crontab, how);
    if (result.status != 0) {
      throw failed(how, result);
    }
  }

  /** Whether the program is there and lets this user in. */
  public boolean isUsable() {
    try {
      read();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private IOException failed(String how, Result result) {
    String why = result.error.isBlank() ? "" : ": " + result.error.strip();
    return new IOException(
        String.join(" ", command) + " " + how + " ended with status " + result.status + why);
  }

  private Result run(byte[] input, String argument) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add(argument);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().remove("CRONTAB_NOHEADER");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("VISUAL", "cat");
    builder.environment().put("EDITOR", "cat");
    Process process = builder.start();
    try {
      CompletableFuture<byte[]> output = drain(process.getInputStream());
      CompletableFuture<byte[]> error = drain(process.getErrorStream());
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException e) {
        // It ended without reading; its status and message say why.
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(words + " did not end within " + SECONDS + " s");
      }
      return new Result(process.exitValue(), output.join(), new String(error.join(), UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<byte[]> drain(InputStream stream) {
    CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (stream) {
                bytes.complete(stream.readAllBytes());
              } catch (IOException e) {
                bytes.complete(new byte[0]);
              }
            });
    return bytes;
  }

  private static final class Result {

    private final int status;
    private final byte[] output;
    private final String error;

    Result(int status, byte[] output, String error) {
      this.status = status;
      this.output = output;
      this.error = error;
    }
  }
}
