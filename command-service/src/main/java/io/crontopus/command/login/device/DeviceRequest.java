package io.crontopus.command.login.device;

import java.time.Instant;

/**
 * A program that asks to be let in.
 *
 * @param client what it calls itself
 * @param address where it asked from; empty when that is not known
 */
record DeviceRequest(
    String id, String client, String address, Instant createdAt, Instant expiresAt) {}
