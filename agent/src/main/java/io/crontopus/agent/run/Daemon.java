package io.crontopus.agent.run;

import io.crontopus.agent.embedded.EmbeddedTable;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.ship.Shipper;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.spool.SpoolKeeper;
import io.crontopus.agent.status.AgentStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/** All loops of a running agent. Everything that matters is on disk: stopping loses nothing. */
public final class Daemon implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Daemon.class.getName());
  private static final Duration STOP = Duration.ofMillis(500);

  private final Agent agent;
  private final PlatformClient client;
  private final List<Thread> threads = new ArrayList<>();

  private Daemon(Agent agent, PlatformClient client) {
    this.agent = agent;
    this.client = client;
  }

  /** Brings the scheduler to what was known last, then starts the loops. */
  public static Daemon start(Agent agent) {
    PlatformClient client = new PlatformClient(agent.config().server(), agent.token());
    Daemon daemon = new Daemon(agent, client);
    AgentStatus status = new AgentStatus(agent.data(), agent.table().name(), agent.clock());
    Spool spool = new Spool(agent.data());
    SyncTrigger trigger = new SyncTrigger();
    String endpoint = agent.endpoint().id();
    Reports reports = new Reports(client, endpoint, agent.config().reportInterval(), agent.clock());
    restore(agent, reports, status);
    if (agent.table() instanceof EmbeddedTable embedded) {
      embedded.start();
    }
    SpoolKeeper keeper = new SpoolKeeper(agent.data(), agent.config().spool(), agent.clock());
    Map<String, Runnable> loops =
        Map.of(
            "sync", new SyncLoop(agent, trigger, reports, status),
            "reports", reports,
            "heartbeats", new Heartbeats(agent, client, spool, status),
            "commands",
                new CommandChannel(
                    client, endpoint, trigger, new TokenRotation(client, agent.data(), endpoint)),
            "shipping", new ShipLoop(spool, keeper, new Shipper(spool, client)));
    loops.forEach((name, loop) -> daemon.threads.add(guarded(name, loop)));
    return daemon;
  }

  private static void restore(Agent agent, Reports reports, AgentStatus status) {
    try {
      new Syncer(agent)
          .restore(reports::sendNow)
          .ifPresent(
              result -> {
                reports.update(result.report());
                status.synced(result.report());
              });
    } catch (IOException | RuntimeException e) {
      LOG.warning("cannot restore the schedule: " + e.getMessage());
    }
  }

  /** A loop that goes on after whatever nobody thought of. */
  private static Thread guarded(String name, Runnable loop) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  loop.run();
                } catch (RuntimeException e) {
                  LOG.severe(name + " failed and starts again: " + e);
                  pause();
                }
              }
            });
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops everything, within two seconds; with the embedded scheduler also the jobs. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      if (agent.table() instanceof EmbeddedTable embedded) {
        embedded.close();
      }
      for (Thread thread : threads) {
        thread.join(STOP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close();
      agent.close();
    }
  }
}
