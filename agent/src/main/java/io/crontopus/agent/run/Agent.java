package io.crontopus.agent.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.crontopus.agent.config.AgentConfig;
import io.crontopus.agent.config.ConfigFile;
import io.crontopus.agent.config.DriftPolicy;
import io.crontopus.agent.config.SchedulerChoice;
import io.crontopus.agent.cron.CronTable;
import io.crontopus.agent.crontab.Crontab;
import io.crontopus.agent.data.DataDir;
import io.crontopus.agent.desired.DesiredStates;
import io.crontopus.agent.desired.Selection;
import io.crontopus.agent.embedded.EmbeddedTable;
import io.crontopus.agent.enroll.Endpoint;
import io.crontopus.agent.enroll.Host;
import io.crontopus.agent.git.ManifestRepository;
import io.crontopus.agent.platform.Trust;
import io.crontopus.agent.reconcile.JobTable;
import io.crontopus.agent.reconcile.Planner;
import io.crontopus.agent.reconcile.Reconciler;
import io.crontopus.agent.wrapper.HostTools;
import io.crontopus.agent.wrapper.JobFiles;
import io.crontopus.agent.wrapper.Support;
import io.crontopus.agent.wrapper.Wrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts of an agent, put together for a data folder.
 *
 * @param data where everything is
 * @param config the settings
 * @param endpoint what the platform knows it as
 * @param token reads the endpoint's token
 * @param repository the tenant's repository
 * @param desired what should run
 * @param table what starts the jobs
 * @param reconciler makes the one the other
 * @param clock the time
 */
public record Agent(
    DataDir data,
    AgentConfig config,
    Endpoint endpoint,
    Supplier<String> token,
    ManifestRepository repository,
    DesiredStates desired,
    JobTable table,
    Reconciler reconciler,
    Clock clock)
    implements AutoCloseable {

  /**
   * Puts the parts together and writes the wrapper.
   *
   * @param choice overrides the settings' scheduler
   */
  public static Agent open(DataDir data, Optional<SchedulerChoice> choice, Clock clock)
      throws IOException {
    data.create();
    AgentConfig config = ConfigFile.read(data);
    if (config.caFile().isPresent()) {
      Trust.only(config.caFile().get());
    }
    Endpoint endpoint = Endpoint.read(data);
    Supplier<String> token = () -> readToken(data);
    HostTools tools = HostTools.find();
    Host host = Host.local();
    String user = config.crontab().user().orElse(host.user());
    Selection selection =
        new Selection(
            endpoint.tenantId(),
            host.hostname(),
            host.platform(),
            config.labels(),
            new Support(tools, user));
    Wrapper.install(data);
    ManifestRepository repository = ManifestRepository.open(data, endpoint, token);
    JobTable table = table(data, config, choice.orElse(config.scheduler()), clock);
    Reconciler reconciler =
        new Reconciler(
            data,
            table,
            new JobFiles(data, config, tools),
            new Planner(config.removal(), repository::isAncestor),
            config.drift() == DriftPolicy.RESTORE);
    DesiredStates desired = new DesiredStates(data, repository, selection);
    return new Agent(data, config, endpoint, token, repository, desired, table, reconciler, clock);
  }

  private static JobTable table(
      DataDir data, AgentConfig config, SchedulerChoice choice, Clock clock) {
    return switch (choice) {
      case CRON -> new CronTable(data, config, clock);
      case EMBEDDED -> new EmbeddedTable(data, config.stopGrace(), clock);
      case AUTO ->
          new Crontab(config.crontab()).isUsable()
              ? new CronTable(data, config, clock)
              : new EmbeddedTable(data, config.stopGrace(), clock);
    };
  }

  private static String readToken(DataDir data) {
    try {
      return Files.readString(data.token(), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the endpoint's token in " + data.token(), e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }
}
