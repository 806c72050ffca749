package io.crontopus.login.events;

import io.crontopus.event.EventName;
import java.time.Instant;

/**
 * The platform signs access tokens with another key. Of no tenant.
 *
 * @param reason why, as the operator who did it says; {@code age} when the platform did it by
 *     itself
 * @param atOnce whether tokens signed with former keys were refused from then on
 */
@EventName("login.signing-key-rotated")
public record SigningKeyRotated(String keyId, String reason, boolean atOnce, Instant rotatedAt) {}
