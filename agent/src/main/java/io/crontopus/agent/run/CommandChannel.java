package io.crontopus.agent.run;

import io.crontopus.agent.platform.Backoff;
import io.crontopus.agent.platform.EventReader;
import io.crontopus.agent.platform.PlatformClient;
import io.crontopus.agent.platform.PlatformException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;

/** Listens for the platform's nudges. They only save time: without them the timer does. */
final class CommandChannel implements Runnable {

  private static final Logger LOG = Logger.getLogger(CommandChannel.class.getName());

  /** The platform sends something at least every 15 s. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private final PlatformClient client;
  private final String path;
  private final SyncTrigger trigger;
  private final TokenRotation rotation;

  CommandChannel(
      PlatformClient client, String endpointId, SyncTrigger trigger, TokenRotation rotation) {
    this.client = client;
    this.path = "/api/endpoints/" + endpointId + "/commands";
    this.trigger = trigger;
    this.rotation = rotation;
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
    boolean first = true;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Optional<Duration> askedFor = Optional.empty();
        try (InputStream stream = client.events(path)) {
          if (!first) {
            // Whatever was said meanwhile was not heard.
            trigger.request();
          }
          first = false;
          listen(stream, backoff);
        } catch (IOException e) {
          LOG.fine("the command channel ended: " + e.getMessage());
        } catch (PlatformException e) {
          LOG.fine("no command channel: " + e.getMessage());
          askedFor = e.retryAfter();
        }
        Thread.sleep(backoff.next(askedFor));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen(InputStream stream, Backoff backoff) throws IOException {
    AtomicLong heard = new AtomicLong(System.nanoTime());
    Thread watch = Thread.ofVirtual().name("command-watch").start(() -> watch(stream, heard));
    try {
      EventReader.read(
          stream,
          () -> {
            heard.set(System.nanoTime());
            backoff.reset();
          },
          event -> {
            switch (event.name()) {
              case "sync" -> trigger.request();
              case "rotate" -> rotate();
              default -> {
                // for a later version of the agent
              }
            }
          });
    } finally {
      watch.interrupt();
    }
  }

  private void rotate() {
    try {
      rotation.rotate();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Hangs up when nothing is heard any more: a dead connection does not say so itself. */
  private static void watch(InputStream stream, AtomicLong heard) {
    try {
      while (System.nanoTime() - heard.get() < SILENCE.toNanos()) {
        Thread.sleep(Duration.ofSeconds(5));
      }
      stream.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.fine("hanging up: " + e.getMessage());
    }
  }
}
