package io.crontopus.agent.config;

import java.time.ZoneId;
import java.util.Optional;

/**
 * How the crontab is read and written.
 *
 * @param command the program; found in the {@code PATH} unless it has a slash
 * @param user whose crontab, for an agent that may; absent: the agent's own user's
 * @param timezone the zone that cron reads the lines in; absent: the machine's
 * @param backups how many copies are kept besides the first
 */
public record CrontabConfig(
    String command, Optional<String> user, Optional<ZoneId> timezone, int backups) {

  public static final CrontabConfig DEFAULT =
      new CrontabConfig("crontab", Optional.empty(), Optional.empty(), 20);
}
