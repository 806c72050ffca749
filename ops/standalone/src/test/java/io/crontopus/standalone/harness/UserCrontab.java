package io.crontopus.standalone.harness;

/** This user's crontab, with what stood there before given back at the end. */
public final class UserCrontab implements AutoCloseable {

  private final String before;

  private UserCrontab(String before) {
    this.before = before;
  }

  /** Puts {@code table} in place of what there is. */
  public static UserCrontab replaceWith(String table) {
    UserCrontab crontab = new UserCrontab(read());
    write(table);
    return crontab;
  }

  /** The table; empty when there is none. */
  public static String read() {
    Finished list = Finished.run(builder("-l"));
    return list.exitCode() == 0 ? list.out() : "";
  }

  private static void write(String table) {
    Finished written =
        table.isEmpty() ? Finished.run(builder("-r")) : Finished.run(builder("-"), table);
    if (written.exitCode() != 0 && !table.isEmpty()) {
      throw new AssertionError("crontab: " + written.err());
    }
  }

  private static ProcessBuilder builder(String argument) {
    ProcessBuilder builder = new ProcessBuilder("crontab", argument);
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  @Override
  public void close() {
    write(before);
  }
}
