package io.crontopus.query.live;

/** Something that can change: a run, an endpoint or a job, by its id. */
public record Resource(Topic topic, String key) {

  /** Stands in the feed for so many of a topic that they are not told one by one. */
  private static final String MANY = "*";

  boolean standsForMany() {
    return key.equals(MANY);
  }
}
