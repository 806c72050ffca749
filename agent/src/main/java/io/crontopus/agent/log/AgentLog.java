package io.crontopus.agent.log;

import io.crontopus.agent.config.LogLevel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Sets up logging for an agent process. */
public final class AgentLog {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private AgentLog() {}

  /** One line a message on standard error; libraries only when something is wrong. */
  public static void configure(LogLevel level) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    ConsoleHandler handler = new ConsoleHandler();
    handler.setLevel(Level.ALL);
    handler.setFormatter(new OneLine());
    root.addHandler(handler);
    root.setLevel(Level.SEVERE);
    Logger.getLogger("io.crontopus").setLevel(level(level));
  }

  private static Level level(LogLevel level) {
    return switch (level) {
      case ERROR -> Level.SEVERE;
      case WARN -> Level.WARNING;
      case INFO -> Level.INFO;
      case DEBUG -> Level.FINE;
    };
  }

  private static final class OneLine extends Formatter {

    @Override
    public String format(LogRecord entry) {
      String message = formatMessage(entry).replace("\n", " | ");
      String thrown = entry.getThrown() == null ? "" : " (" + entry.getThrown() + ")";
      return "%s %-7s %s%s%n"
          .formatted(
              TIME.format(Instant.ofEpochMilli(entry.getMillis())),
              entry.getLevel().getName().toLowerCase(Locale.ROOT),
              message,
              thrown);
    }
  }
}
