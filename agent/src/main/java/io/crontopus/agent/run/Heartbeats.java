package io.crontopus.agent.run;

import io.crontopus.agent.AgentVersion;
import io.crontopus.agent.inventory.Inventory;
import io.crontopus.agent.platform.Backoff;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import io.crontopus.agent.spool.Spool;
import io.crontopus.agent.status.AgentStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.logging.Logger;
import tools.jackson.databind.node.ObjectNode;

/** Says regularly that the agent lives, and whether its scheduler does. */
final class Heartbeats implements Runnable {

  private static final Logger LOG = Logger.getLogger(Heartbeats.class.getName());
  private static final int MOST_SECONDS = 3600;

  private final Agent agent;
  private final PlatformClient client;
  private final HeartbeatSender sender;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(30));
  private final Spool spool;
  private final AgentStatus status;
  private Optional<String> lastProblem = Optional.empty();

  Heartbeats(Agent agent, PlatformClient client, Spool spool, AgentStatus status) {
    this.agent = agent;
    this.client = client;
    this.sender = new HeartbeatSender(client, agent.endpoint().id());
    this.spool = spool;
    this.status = status;
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(beat());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sender.close();
    }
  }

  private Duration beat() throws InterruptedException {
    Duration pause = agent.config().heartbeatInterval();
    Optional<String> problem = Optional.empty();
    try {
      int wish = sender.send(body()).path("next_in_seconds").asInt(0);
      backoff.reset();
      if (wish > 0) {
        pause = Duration.ofSeconds(Math.min(wish, MOST_SECONDS));
      }
    } catch (PlatformException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
      pause = backoff.next(e.retryAfter());
    } catch (IOException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    if (!problem.equals(lastProblem)) {
      problem.ifPresentOrElse(LOG::warning, () -> LOG.info("the platform is back"));
      lastProblem = problem;
    }
    status.works("platform", problem);
    return pause;
  }

  private ObjectNode body() throws IOException {
    ObjectNode body = client.json().createObjectNode();
    body.put("sent_at", agent.clock().instant().truncatedTo(ChronoUnit.MILLIS).toString());
    body.put("version", AgentVersion.VERSION);
    body.put("scheduler", agent.table().name());
    body.put("scheduler_alive", agent.table().isAlive());
    Inventory.read(agent.data()).commit().ifPresent(commit -> body.put("applied_commit", commit));
    body.put("spool_depth", spool.depth());
    return body;
  }
}
