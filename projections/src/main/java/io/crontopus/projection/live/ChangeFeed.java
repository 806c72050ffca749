package io.crontopus.projection.live;

/** Says what changed, so that every node can tell those who watch. */
@FunctionalInterface
public interface ChangeFeed {

  /** Says nothing: for what nobody is to be told. */
  ChangeFeed SILENT = (tenantId, topic, key) -> {};

  /** What can be watched. */
  enum Topic {
    RUNS("runs"),
    ENDPOINTS("endpoints"),
    JOBS("jobs");

    private final String wireName;

    Topic(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /** Records that the resource with this key is not what it was. */
  void changed(String tenantId, Topic topic, String key);
}
