package io.crontopus.manifest;

import io.crontopus.schedule.Schedule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What runs, when, where and how.
 *
 * @param schedule when, with the zone that it is meant in
 * @param command what the shell runs; with {@code args}, the program that is started without one
 * @param args the program's arguments; empty: {@code command} is for the shell
 * @param workingDir absolute path; absent: the user's home
 * @param user who it runs as; absent: the user that the agent schedules for
 * @param env environment variables, sorted by name
 * @param stdin what the command reads; absent: nothing
 * @param enabled false: not in the scheduler
 * @param paused true: kept in the scheduler, does not run
 * @param selector which endpoints it is for
 * @param checkin how runs are reported and judged
 * @param retry whether failed runs are tried again
 * @param concurrency what happens when a run is due while one is going
 * @param resources what a run may use
 * @param container the container it runs in; absent: directly on the machine
 * @param dependsOn jobs that have to have run before
 * @param alerts who hears about what
 * @param hooks commands that follow a run
 */
public record JobSpec(
    Schedule schedule,
    String command,
    List<String> args,
    Optional<String> workingDir,
    Optional<String> user,
    Map<String, EnvValue> env,
    Optional<String> stdin,
    boolean enabled,
    boolean paused,
    EndpointSelector selector,
    CheckinPolicy checkin,
    RetryPolicy retry,
    Concurrency concurrency,
    Resources resources,
    Optional<Container> container,
    List<Dependency> dependsOn,
    List<AlertRule> alerts,
    Hooks hooks) {

  public JobSpec {
    args = List.copyOf(args);
    env = Collections.unmodifiableMap(new TreeMap<>(env));
    dependsOn = List.copyOf(dependsOn);
    alerts = List.copyOf(alerts);
  }
}
