package io.crontopus.command.git.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks from time to time whether conversations still move; a thread only while there are any. (A
 * timer for each would have Netty's threads wait for the lock of the timers' queue.)
 */
final class StallWatch {
  private final Duration interval;
  private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean watching = new AtomicBoolean();

  StallWatch(Duration interval) {
    this.interval = interval;
  }

  void add(Conversation conversation) {
    conversations.add(conversation);
    if (watching.compareAndSet(false, true)) {
      Thread.ofVirtual().name("git-stall-watch").start(this::watch);
    }
  }

  void remove(Conversation conversation) {
    conversations.remove(conversation);
  }

  private void watch() {
    try {
      do {
        while (!conversations.isEmpty()) {
          Thread.sleep(interval);
          conversations.forEach(Conversation::checkProgress);
        }
        watching.set(false);
      } while (!conversations.isEmpty() && watching.compareAndSet(false, true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
