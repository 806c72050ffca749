package io.crontopus.query.live;

/** Something that can change: a run, an endpoint or a job, by its id. */
public record Resource(Topic topic, String key) {}
