package io.crontopus.cli.http;

/**
 * One event of a stream.
 *
 * @param id where the stream stands after it; empty when the server gave none
 * @param topic the kind of event
 * @param data what it says, JSON
 */
public record Event(String id, String topic, String data) {}
