package io.crontopus.endpoint.commands;

import java.time.Instant;

/** An endpoint of a quiet fleet was heard. */
public record ObserveFleetBack(String tenantId, Instant seenAt) {}
