package io.crontopus.projection;

/**
 * Where an event stands.
 *
 * @param position its place in its stream; grows, with gaps
 */
public record EventContext(long position) {}
